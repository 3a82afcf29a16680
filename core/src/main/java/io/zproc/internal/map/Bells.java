package io.zproc.internal.map;

import static java.lang.Boolean.FALSE;
import static java.lang.Boolean.TRUE;

import io.zproc.State;
import io.zproc.Watch;
import io.zproc.WatchOptions;
import io.zproc.ZProcTimeoutException;
import io.zproc.internal.state.Batch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;

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

  /** When these bells rang last. */
  List<Long> lastRings(String... bells) {
    return Stream.of(bells).map(bell -> Batch.read(state, bell).version()).toList();
  }

  /**
   * Waits until one of these bells has rung.
   *
   * @param since what {@link #lastRings} said
   * @param patience how long at most, or null
   * @return false when it was over first
   */
  boolean awaitRing(List<Long> since, Duration patience, String... bells) {
    AtomicBoolean over = new AtomicBoolean();
    return await(
        bells,
        () -> !lastRings(bells).equals(since) ? TRUE : over.get() ? FALSE : null,
        patience,
        () -> over.set(true));
  }

  /**
   * As {@link #await(String, Supplier)}.
   *
   * @param patience how long it may be silent before {@code check} is called, again and again
   * @param check throws something if it is no use to wait
   */
  <T> T await(String bell, Supplier<T> look, Duration patience, Runnable check) {
    return await(new String[] {bell}, look, patience, check);
  }

  private <T> T await(String[] bells, Supplier<T> look, Duration patience, Runnable check) {
    T seen = look.get();
    if (seen != null) {
      return seen;
    }
    try (Watch<String, Long> rings = state.watch(EVERY_RING, bells)) {
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
