package io.zproc.benchmarks.suite;

import io.zproc.Pipeline;
import io.zproc.State;
import io.zproc.WaitStrategy;
import io.zproc.Watch;
import io.zproc.benchmarks.Lab;
import io.zproc.benchmarks.floor.Maps;
import io.zproc.benchmarks.race.Contestant;
import io.zproc.benchmarks.race.Kind;
import java.util.List;

/** How fast commits go out over tcp, many without waiting for each, and come back as events. */
final class RemoteDrainSuite implements Suite {
  private static final int BATCH = 10_000;

  private final String[] keys = Maps.keys(Maps.KEYS);
  private long value;

  @Override
  public String name() {
    return "drain";
  }

  @Override
  public void run(Lab lab, WaitStrategy strategy) throws Exception {
    try (PrivateServer server = PrivateServer.startRemote(lab, strategy, null);
        State<String, Object> writer = server.use().state().fork();
        Watch<String, Object> changes = server.state().watch()) {
      lab.race(
          name(),
          strategy.name(),
          lab.settings().pace().overNetwork(),
          List.of(
              Contestant.batched(
                      "Watch.drain, changes",
                      Kind.ZPROC,
                      BATCH,
                      n -> drain(changes, n),
                      server.pid())
                  .preparedBy(
                      n -> {
                        changes.goLive();
                        put(writer, n);
                      }),
              Contestant.batched(
                  "pipelined puts", Kind.ZPROC, BATCH, n -> put(writer, n), server.pid()),
              lab.floors().remoteUnawaited(BATCH)));
    }
  }

  private void put(State<String, Object> writer, int changes) {
    try (Pipeline<String, Object> pipeline = writer.pipeline()) {
      for (int i = 0; i < changes; i++) {
        pipeline.putLong(keys[i & Maps.KEYS - 1], ++value);
      }
    }
  }

  private static void drain(Watch<String, Object> watch, int changes) {
    long drained = 0;
    while (drained < changes) {
      drained += watch.drain((revision, key, value, present) -> {});
    }
  }
}
