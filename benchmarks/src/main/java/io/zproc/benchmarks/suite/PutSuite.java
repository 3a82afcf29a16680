package io.zproc.benchmarks.suite;

import io.zproc.WaitStrategy;
import io.zproc.benchmarks.Lab;
import io.zproc.benchmarks.floor.Maps;
import io.zproc.benchmarks.race.Contestant;
import io.zproc.benchmarks.race.Kind;
import java.util.ArrayList;
import java.util.List;

/** An acknowledged put of a long: one message to the server and one back, the journal written. */
final class PutSuite implements Suite {

  @Override
  public String name() {
    return "put";
  }

  @Override
  public boolean isForEachStrategy() {
    return true;
  }

  @Override
  public void run(Lab lab, WaitStrategy strategy) throws Exception {
    String[] keys = Maps.keys(Maps.KEYS);
    try (PrivateServer server = PrivateServer.start(lab, strategy)) {
      server.fill(keys);
      List<Contestant> contestants = new ArrayList<>();
      contestants.add(
          Contestant.single(
              "State.putLong", Kind.ZPROC, new Puts(server.state(), keys)::run, server.pid()));
      contestants.addAll(lab.floors().of(strategy));
      lab.race(name(), strategy.name(), contestants);
    }
  }
}
