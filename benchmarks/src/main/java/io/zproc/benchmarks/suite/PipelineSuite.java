package io.zproc.benchmarks.suite;

import io.zproc.Pipeline;
import io.zproc.WaitStrategy;
import io.zproc.benchmarks.Lab;
import io.zproc.benchmarks.floor.BareQueue;
import io.zproc.benchmarks.floor.Maps;
import io.zproc.benchmarks.race.Contestant;
import io.zproc.benchmarks.race.Kind;
import java.util.List;

/** Pipelined puts of one client; each is journaled, so the floor is appending to a bare journal. */
final class PipelineSuite implements Suite {
  private static final int BATCH = 10_000;

  @Override
  public String name() {
    return "pipeline";
  }

  @Override
  public void run(Lab lab, WaitStrategy strategy) throws Exception {
    String[] keys = Maps.keys(Maps.KEYS);
    try (PrivateServer server = PrivateServer.start(lab, strategy)) {
      server.fill(keys);
      try (Pipeline<String, Object> pipeline = server.state().pipeline();
          BareQueue queue = BareQueue.open(lab.workspace().resolve("append"))) {
        lab.race(
            name(),
            strategy.name(),
            lab.settings().pace().shorter(),
            List.of(
                Contestant.batched(
                    "Pipeline.putLong + flush",
                    Kind.ZPROC,
                    BATCH,
                    n -> {
                      for (int i = 0; i < n; i++) {
                        pipeline.putLong(keys[i & Maps.KEYS - 1], i);
                      }
                      pipeline.flush();
                    },
                    server.pid()),
                Contestant.batched("bare Chronicle appender", Kind.FLOOR, BATCH, queue::append)));
      }
    }
  }
}
