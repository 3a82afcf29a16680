package io.zproc.benchmarks.suite;

import io.zproc.Pipeline;
import io.zproc.State;
import io.zproc.WaitStrategy;
import io.zproc.Watch;
import io.zproc.WatchOptions;
import io.zproc.benchmarks.Lab;
import io.zproc.benchmarks.process.Child;
import io.zproc.benchmarks.race.Contestant;
import io.zproc.benchmarks.race.Kind;
import java.io.IOException;

/**
 * A put, seen by the watcher in another JVM, which puts in turn, seen by this one. One thread's.
 */
final class WatchTrip implements AutoCloseable {
  /** Enough for C2 in both processes. */
  private static final int WARM_UP_TRIPS = 20_000;

  private static final int AT_ONCE = 1_000;
  private static final long LONGEST_WARM_UP_NS = 3_000_000_000L;

  private final Lab lab;
  private final PrivateServer server;
  private final Child echo;
  private final State<String, Object> state;
  private final Watch<String, Object> watch;
  private long count;

  private WatchTrip(Lab lab, PrivateServer server, Child echo) {
    this.lab = lab;
    this.server = server;
    this.echo = echo;
    state = server.state();
    watch = state.watch(WatchOptions.buffered(), WatchEcho.PONG);
    lab.freezer().add(echo.pid());
  }

  static WatchTrip start(Lab lab, WaitStrategy strategy, PrivateServer server) throws IOException {
    WatchTrip trip = new WatchTrip(lab, server, WatchEcho.start(strategy, server));
    trip.warmUp();
    return trip;
  }

  /** Many at once: one by one, each would wait until both processes are woken. */
  private void warmUp() {
    long end = System.nanoTime() + LONGEST_WARM_UP_NS;
    while (count < WARM_UP_TRIPS && System.nanoTime() - end < 0) {
      try (Pipeline<String, Object> pipeline = state.pipeline()) {
        for (int i = 0; i < AT_ONCE; i++) {
          pipeline.putLong(WatchEcho.PING, ++count);
        }
      }
      for (int i = 0; i < AT_ONCE; i++) {
        watch.next();
      }
    }
  }

  Contestant as(String name) {
    return Contestant.single(name, Kind.ZPROC, this::run, server.pid(), echo.pid());
  }

  private void run(int times) {
    for (int i = 0; i < times; i++) {
      state.putLong(WatchEcho.PING, ++count);
      long seen = (Long) watch.next().after().get(WatchEcho.PONG);
      if (seen != count) {
        throw new IllegalStateException("sent " + count + ", but got back " + seen);
      }
    }
  }

  @Override
  public void close() throws IOException {
    watch.close();
    lab.freezer().remove(echo.pid());
    echo.close();
  }
}
