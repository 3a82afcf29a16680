package io.zproc.benchmarks.suite;

import io.zproc.WaitStrategy;
import io.zproc.benchmarks.Lab;
import java.util.List;

/** Put → watcher in another JVM → put → watcher here, both of them over tcp. */
final class RemoteWatchSuite implements Suite {

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
    try (PrivateServer server = PrivateServer.startRemote(lab, strategy, null);
        WatchTrip trip = WatchTrip.start(lab, strategy, server)) {
      lab.race(
          name(),
          strategy.name(),
          lab.settings().pace().overNetwork(),
          List.of(trip.as("put → watcher → put → watcher"), lab.floors().remote()));
    }
  }
}
