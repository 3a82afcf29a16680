package io.zproc.internal.map;

import io.zproc.State;
import io.zproc.Watch;
import io.zproc.WatchOptions;
import io.zproc.ZProcTimeoutException;
import java.time.Duration;
import java.util.function.Supplier;

/** Waiting for others to ring: numbers that change when there is something to look at. */
final class Bells {
  private static final WatchOptions EVERY_RING = WatchOptions.buffered().includeOwn();

  final State<String, Long> state;

  Bells(State<String, Long> state) {
    this.state = state;
  }

  long read(String bell) {
    return state.getLong(bell, 0);
  }

  /** Looks now and after each ring, until what is looked for is there. */
  <T> T await(String bell, Supplier<T> look) {
    return await(bell, look, null, () -> {});
  }

  /**
   * As {@link #await(String, Supplier)}.
   *
   * @param patience how long it may be silent before {@code check} is called, again and again
   * @param check throws something if it is no use to wait
   */
  <T> T await(String bell, Supplier<T> look, Duration patience, Runnable check) {
    T seen = look.get();
    if (seen != null) {
      return seen;
    }
    try (Watch<String, Long> rings = state.watch(EVERY_RING, bell)) {
      for (seen = look.get(); seen == null; seen = look.get()) {
        listen(rings, patience, check);
      }
      return seen;
    }
  }

  private static void listen(Watch<String, Long> rings, Duration patience, Runnable check) {
    try {
      rings.next(patience);
    } catch (ZProcTimeoutException e) {
      check.run();
    }
  }
}
