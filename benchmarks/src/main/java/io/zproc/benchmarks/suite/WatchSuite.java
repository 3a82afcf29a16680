package io.zproc.benchmarks.suite;

import io.zproc.WaitStrategy;
import io.zproc.benchmarks.Lab;
import io.zproc.benchmarks.floor.Maps;
import io.zproc.benchmarks.process.Child;
import io.zproc.benchmarks.race.Contestant;
import io.zproc.benchmarks.race.Kind;
import java.util.ArrayList;
import java.util.List;

/** Put → watcher in another JVM → put → watcher here: four messages and two wake-ups. */
final class WatchSuite implements Suite {

  @Override
  public String name() {
    return "watch";
  }

  @Override
  public boolean isForEachStrategy() {
    return true;
  }

  @Override
  public void run(Lab lab, WaitStrategy strategy) throws Exception {
    try (PrivateServer server = PrivateServer.start(lab, strategy)) {
      server.fill(Maps.keys(Maps.KEYS));
      try (Child echo = WatchEcho.start(strategy, List.of(server));
          WatchTrip trip = new WatchTrip(server.state())) {
        lab.freezer().add(echo.pid());
        List<Contestant> contestants = new ArrayList<>();
        contestants.add(
            Contestant.single(
                "put → watcher → put → watcher", Kind.ZPROC, trip::run, server.pid(), echo.pid()));
        contestants.addAll(lab.floors().of(strategy));
        lab.race(name(), strategy.name(), contestants);
        lab.freezer().remove(echo.pid());
      }
    }
  }
}
