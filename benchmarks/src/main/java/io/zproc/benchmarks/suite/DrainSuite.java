package io.zproc.benchmarks.suite;

import io.zproc.Pipeline;
import io.zproc.State;
import io.zproc.Update;
import io.zproc.WaitStrategy;
import io.zproc.Watch;
import io.zproc.benchmarks.Lab;
import io.zproc.benchmarks.floor.BareQueue;
import io.zproc.benchmarks.floor.Maps;
import io.zproc.benchmarks.race.Contestant;
import io.zproc.benchmarks.race.Kind;
import java.util.List;

/** How fast a watcher gets through a backlog of changes that others have made. */
final class DrainSuite implements Suite {
  private static final int BATCH = 10_000;

  private final String[] keys = Maps.keys(Maps.KEYS);
  private long value;

  @Override
  public String name() {
    return "drain";
  }

  @Override
  public void run(Lab lab, WaitStrategy strategy) throws Exception {
    try (PrivateServer server = PrivateServer.start(lab, strategy)) {
      server.fill(keys);
      try (State<String, Object> writer = server.state().fork();
          Watch<String, Object> changes = server.state().watch();
          Watch<String, Object> snapshots = server.state().watch();
          BareQueue queue = BareQueue.open(lab.workspace().resolve("tail"))) {
        lab.race(
            name(),
            strategy.name(),
            lab.settings().pace().shorter(),
            List.of(
                Contestant.batched(
                        "Watch.drain, changes",
                        Kind.ZPROC,
                        BATCH,
                        n -> drain(changes, n),
                        server.pid())
                    .preparedBy(n -> backlog(writer, changes, n)),
                Contestant.batched(
                        "Watch.poll, snapshots",
                        Kind.ZPROC,
                        BATCH,
                        n -> poll(snapshots, n),
                        server.pid())
                    .preparedBy(n -> backlog(writer, snapshots, n)),
                Contestant.batched("bare Chronicle tailer", Kind.FLOOR, BATCH, queue::read)
                    .preparedBy(queue::append)));
      }
    }
  }

  private void backlog(State<String, Object> writer, Watch<String, Object> watch, int changes) {
    watch.goLive();
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

  private static void poll(Watch<String, Object> watch, int updates) {
    for (int polled = 0; polled < updates; ) {
      Update<String, Object> update = watch.poll();
      if (update != null && update.after().revision() == update.revision()) {
        polled++;
      }
    }
  }
}
