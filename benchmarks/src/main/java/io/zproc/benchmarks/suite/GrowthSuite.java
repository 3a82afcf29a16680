package io.zproc.benchmarks.suite;

import io.zproc.WaitStrategy;
import io.zproc.benchmarks.Lab;
import io.zproc.benchmarks.floor.Maps;
import io.zproc.benchmarks.race.Contestant;
import io.zproc.benchmarks.race.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What a change costs as the state grows: a put, and a watcher's wake-up, beside 1 key and beside a
 * million, each state on a server of its own. Relative to 1 key.
 */
final class GrowthSuite implements Suite {
  private static final int QUICK_LARGEST = 100_000;
  private static final int[] SIZES = {1, 1_000, 100_000, 1_000_000};

  @Override
  public String name() {
    return "growth";
  }

  @Override
  public void run(Lab lab, WaitStrategy strategy) throws Exception {
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    try {
      List<Contestant> puts = new ArrayList<>();
      List<Contestant> trips = new ArrayList<>();
      for (int size : SIZES) {
        if (size <= QUICK_LARGEST || !lab.settings().quick()) {
          PrivateServer server = PrivateServer.start(lab, strategy);
          opened.push(server);
          puts.add(put(server, size));
          WatchTrip trip = WatchTrip.start(lab, strategy, server);
          opened.push(trip);
          trips.add(trip.as(name(size)));
        }
      }
      lab.race("put as the state grows", strategy.name(), puts);
      lab.race("watch as the state grows", strategy.name(), trips);
    } finally {
      for (AutoCloseable each : opened) {
        each.close();
      }
    }
  }

  private static Contestant put(PrivateServer server, int size) {
    String[] keys = Maps.keys(size);
    server.fill(keys);
    return Contestant.single(
        name(size), Kind.ZPROC, new Puts(server.state(), keys)::run, server.pid());
  }

  private static String name(int size) {
    return String.format("%,d %s", size, size == 1 ? "key" : "keys");
  }
}
