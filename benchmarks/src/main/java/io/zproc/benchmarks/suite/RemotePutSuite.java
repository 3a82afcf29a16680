package io.zproc.benchmarks.suite;

import io.zproc.WaitStrategy;
import io.zproc.benchmarks.Lab;
import io.zproc.benchmarks.floor.Maps;
import io.zproc.benchmarks.race.Contestant;
import io.zproc.benchmarks.race.Kind;
import java.util.List;

/** An acknowledged put of a long over tcp: unsigned, signed, encrypted. */
final class RemotePutSuite implements Suite {
  static final String SECRET_KEY = "a key for benchmarks";

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
    try (PrivateServer plain = PrivateServer.startRemote(lab, strategy, null);
        PrivateServer signed = PrivateServer.startRemote(lab, strategy, SECRET_KEY);
        PrivateServer encrypted = PrivateServer.startEncrypted(lab, strategy, SECRET_KEY)) {
      lab.race(
          name(),
          strategy.name(),
          lab.settings().pace().overNetwork(),
          List.of(
              put("State.putLong", plain, keys),
              put("State.putLong, signed", signed, keys),
              put("State.putLong, encrypted", encrypted, keys),
              lab.floors().remote()));
    }
  }

  private static Contestant put(String name, PrivateServer server, String[] keys) {
    return Contestant.single(name, Kind.ZPROC, new Puts(server.state(), keys)::run, server.pid());
  }
}
