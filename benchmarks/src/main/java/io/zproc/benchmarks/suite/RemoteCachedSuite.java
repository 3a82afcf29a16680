package io.zproc.benchmarks.suite;

import io.zproc.State;
import io.zproc.WaitStrategy;
import io.zproc.benchmarks.Lab;
import io.zproc.benchmarks.floor.Maps;
import io.zproc.benchmarks.race.Contestant;
import io.zproc.benchmarks.race.Kind;
import java.util.List;
import java.util.concurrent.ConcurrentMap;

/** Reading from the copy of a remote state, beside reading from shared memory. */
final class RemoteCachedSuite implements Suite {
  private static final int BATCH = 1_000;
  private static final int LENGTH = 64;

  /** Where sums go, so that reading can not be optimized away. */
  private static volatile long sink;

  private final String[] keys = Maps.keys(Maps.KEYS);

  @Override
  public String name() {
    return "cached";
  }

  @Override
  public void run(Lab lab, WaitStrategy strategy) throws Exception {
    try (PrivateServer local = PrivateServer.start(lab, strategy);
        PrivateServer remote = PrivateServer.startRemote(lab, strategy, null)) {
      local.use().fill(keys);
      remote.use().fill(keys);
      try (State<String, Object> cached = remote.state().cached()) {
        lab.race("cached long", "-", longs(local, remote, cached));
        byte[] value = new byte[LENGTH];
        for (String key : keys) {
          remote.use().state().put(key, value);
          local.use().state().put(key, value);
        }
        lab.race("cached 64 bytes", "-", bytes(local, remote.use(), cached));
      }
    }
  }

  private List<Contestant> longs(
      PrivateServer local, PrivateServer remote, State<String, Object> cached) {
    ConcurrentMap<String, Long> map = Maps.longs(keys);
    return List.of(
        getLong("cached over tcp, getLong", Kind.ZPROC, cached, remote),
        getLong("shared memory, getLong", Kind.FLOOR, local.state(), local),
        Contestant.batched(
            "ConcurrentHashMap.get",
            Kind.PEER,
            BATCH,
            n -> {
              long sum = 0;
              for (int i = 0; i < n; i++) {
                sum += map.get(keys[i & Maps.KEYS - 1]);
              }
              sink = sum;
            }));
  }

  private Contestant getLong(
      String name, Kind kind, State<String, Object> state, PrivateServer server) {
    return Contestant.batched(
        name,
        kind,
        BATCH,
        n -> {
          long sum = 0;
          for (int i = 0; i < n; i++) {
            sum += state.getLong(keys[i & Maps.KEYS - 1], 0);
          }
          sink = sum;
        },
        server.pid());
  }

  private List<Contestant> bytes(
      PrivateServer local, PrivateServer remote, State<String, Object> cached) {
    return List.of(
        getBytes("cached over tcp, getBytes", Kind.ZPROC, cached, remote),
        getBytes("shared memory, getBytes", Kind.FLOOR, local.state(), local));
  }

  private Contestant getBytes(
      String name, Kind kind, State<String, Object> state, PrivateServer server) {
    byte[] target = new byte[LENGTH];
    return Contestant.batched(
        name,
        kind,
        BATCH,
        n -> {
          long sum = 0;
          for (int i = 0; i < n; i++) {
            sum += state.getBytes(keys[i & Maps.KEYS - 1], target);
          }
          sink = sum;
        },
        server.pid());
  }
}
