package io.zproc.benchmarks.suite;

import io.zproc.WaitStrategy;
import io.zproc.benchmarks.Lab;
import io.zproc.benchmarks.floor.Maps;
import io.zproc.benchmarks.process.Child;
import io.zproc.benchmarks.race.Contestant;
import io.zproc.benchmarks.race.Kind;
import java.util.ArrayList;
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
    List<PrivateServer> servers = new ArrayList<>();
    try {
      List<Contestant> puts = new ArrayList<>();
      for (int size : SIZES) {
        if (size <= QUICK_LARGEST || !lab.settings().quick()) {
          PrivateServer server = PrivateServer.start(lab, strategy);
          servers.add(server);
          puts.add(put(server, size));
        }
      }
      lab.race("put as the state grows", strategy.name(), puts);
      trips(lab, strategy, servers);
    } finally {
      for (PrivateServer server : servers) {
        server.close();
      }
    }
  }

  private static Contestant put(PrivateServer server, int size) {
    String[] keys = Maps.keys(size);
    server.fill(keys);
    return Contestant.single(
        name(size), Kind.ZPROC, new Puts(server.state(), keys)::run, server.pid());
  }

  private static void trips(Lab lab, WaitStrategy strategy, List<PrivateServer> servers)
      throws Exception {
    try (Child echo = WatchEcho.start(strategy, servers)) {
      lab.freezer().add(echo.pid());
      List<Contestant> trips = new ArrayList<>();
      for (int i = 0; i < servers.size(); i++) {
        PrivateServer server = servers.get(i);
        // Closed with the server's context.
        WatchTrip trip = new WatchTrip(server.state());
        trips.add(
            Contestant.single(name(SIZES[i]), Kind.ZPROC, trip::run, server.pid(), echo.pid()));
      }
      lab.race("watch as the state grows", strategy.name(), trips);
      lab.freezer().remove(echo.pid());
    }
  }

  private static String name(int size) {
    return String.format("%,d %s", size, size == 1 ? "key" : "keys");
  }
}
