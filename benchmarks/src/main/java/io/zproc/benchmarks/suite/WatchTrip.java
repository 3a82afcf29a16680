package io.zproc.benchmarks.suite;

import io.zproc.State;
import io.zproc.Watch;
import io.zproc.WatchOptions;

/**
 * A put, seen by the watcher in another JVM, which puts in turn, seen by this one. One thread's.
 */
final class WatchTrip implements AutoCloseable {
  private final State<String, Object> state;
  private final Watch<String, Object> watch;
  private long count;

  WatchTrip(State<String, Object> state) {
    this.state = state;
    watch = state.watch(WatchOptions.buffered(), WatchEcho.PONG);
  }

  void run(int times) {
    for (int i = 0; i < times; i++) {
      state.putLong(WatchEcho.PING, ++count);
      long seen = (Long) watch.next().after().get(WatchEcho.PONG);
      if (seen != count) {
        throw new IllegalStateException("sent " + count + ", but got back " + seen);
      }
    }
  }

  @Override
  public void close() {
    watch.close();
  }
}
