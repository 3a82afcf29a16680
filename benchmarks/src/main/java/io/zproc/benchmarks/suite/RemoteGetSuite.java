package io.zproc.benchmarks.suite;

import io.zproc.State;
import io.zproc.WaitStrategy;
import io.zproc.benchmarks.Lab;
import io.zproc.benchmarks.floor.Maps;
import io.zproc.benchmarks.race.Contestant;
import io.zproc.benchmarks.race.Kind;
import java.util.List;

/** A get of a long over tcp, unsigned and signed. */
final class RemoteGetSuite implements Suite {

  @Override
  public String name() {
    return "get";
  }

  @Override
  public boolean isForEachStrategy() {
    return true;
  }

  @Override
  public void run(Lab lab, WaitStrategy strategy) throws Exception {
    String[] keys = Maps.keys(Maps.KEYS);
    try (PrivateServer plain = PrivateServer.startRemote(lab, strategy, null);
        PrivateServer signed =
            PrivateServer.startRemote(lab, strategy, RemotePutSuite.SECRET_KEY)) {
      plain.use().fill(keys);
      signed.use().fill(keys);
      lab.race(
          name(),
          strategy.name(),
          lab.settings().pace().overNetwork(),
          List.of(
              get("State.getLong", plain, keys),
              get("State.getLong, signed", signed, keys),
              lab.floors().remote()));
    }
  }

  private static Contestant get(String name, PrivateServer server, String[] keys) {
    State<String, Object> state = server.state();
    return Contestant.single(name, Kind.ZPROC, times -> get(state, keys, times), server.pid());
  }

  private static void get(State<String, Object> state, String[] keys, int times) {
    for (int i = 0; i < times; i++) {
      state.getLong(keys[i & Maps.KEYS - 1], -1);
    }
  }
}
