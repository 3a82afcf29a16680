package io.zproc.benchmarks.suite;

import io.zproc.Context;
import io.zproc.WaitStrategy;
import io.zproc.benchmarks.Lab;
import io.zproc.benchmarks.floor.BareJvm;
import io.zproc.benchmarks.race.Contestant;
import io.zproc.benchmarks.race.Kind;
import java.util.List;

/**
 * A process that is started, reads a key of the state, and is awaited: cold, and from a warm spare.
 */
final class ProcessSuite implements Suite {
  private static final long POLL_MS = 5;

  @Override
  public String name() {
    return "processes";
  }

  @Override
  public void run(Lab lab, WaitStrategy strategy) throws Exception {
    try (PrivateServer server = PrivateServer.start(lab, strategy).use();
        Context cold = Context.open(server.address());
        Context warm = Context.builder().address(server.address()).spareProcesses(1).open()) {
      startAndAwait(cold, 1); // leaves the class archive behind
      lab.race(
          name(),
          strategy.name(),
          lab.settings().pace().forSlow(),
          List.of(
              Contestant.single(
                      "process, await, cold", Kind.ZPROC, n -> startAndAwait(cold, n), server.pid())
                  .preparedBy(n -> awaitSpare(warm)),
              Contestant.single(
                      "process, await, from a spare",
                      Kind.ZPROC,
                      n -> startAndAwait(warm, n),
                      server.pid())
                  .preparedBy(n -> awaitSpare(warm)),
              Contestant.single("a JVM that does nothing", Kind.FLOOR, BareJvm::startAndAwait)));
      server.use();
    }
  }

  private static void startAndAwait(Context context, int times) {
    for (int i = 0; i < times; i++) {
      context.process(state -> state.get("warm-up") == null).await();
    }
  }

  /** Also before a cold start: otherwise the next spare starts while that is measured. */
  private static void awaitSpare(Context context) throws InterruptedException {
    while (context.warmSpares() == 0) {
      Thread.sleep(POLL_MS);
    }
  }
}
