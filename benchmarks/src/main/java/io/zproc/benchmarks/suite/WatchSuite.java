package io.zproc.benchmarks.suite;

import io.zproc.WaitStrategy;
import io.zproc.benchmarks.Lab;
import io.zproc.benchmarks.floor.Maps;
import io.zproc.benchmarks.race.Contestant;
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
      try (WatchTrip trip = WatchTrip.start(lab, strategy, server)) {
        List<Contestant> contestants = new ArrayList<>();
        contestants.add(trip.as("put → watcher → put → watcher"));
        contestants.addAll(lab.floors().of(strategy));
        lab.race(name(), strategy.name(), contestants);
      }
    }
  }
}
