package io.zproc.benchmarks.suite;

import io.zproc.State;
import io.zproc.WaitStrategy;
import io.zproc.benchmarks.Lab;
import io.zproc.benchmarks.race.Contestant;
import io.zproc.benchmarks.race.Kind;
import io.zproc.benchmarks.race.Work;
import java.util.List;

/** An atomic increment in each of the ways there are, nobody else at work; relative to a put. */
final class CommitSuite implements Suite {
  private static final String KEY = "counter";

  @Override
  public String name() {
    return "increment";
  }

  @Override
  public boolean isForEachStrategy() {
    return true;
  }

  @Override
  public void run(Lab lab, WaitStrategy strategy) throws Exception {
    try (PrivateServer server = PrivateServer.start(lab, strategy)) {
      State<String, Object> state = server.state();
      state.put(KEY, 0L);
      lab.race(
          name(),
          strategy.name(),
          List.of(
              of("putLong, not atomic", server, new Puts(state, new String[] {KEY})::run),
              of("add", server, () -> state.add(KEY, 1)),
              of("merge", server, () -> state.merge(KEY, 1L, CommitSuite::sum)),
              of("atomic", server, () -> state.atomic(tx -> tx.merge(KEY, 1L, CommitSuite::sum))),
              of(
                  "atomicExclusive",
                  server,
                  () -> state.atomicExclusive(tx -> tx.merge(KEY, 1L, CommitSuite::sum)))));
    }
  }

  private static Object sum(Object left, Object right) {
    return (Long) left + (Long) right;
  }

  private static Contestant of(String name, PrivateServer server, Work work) {
    return Contestant.single(name, Kind.ZPROC, work, server.pid());
  }

  private static Contestant of(String name, PrivateServer server, Runnable once) {
    return of(
        name,
        server,
        (int times) -> {
          for (int i = 0; i < times; i++) {
            once.run();
          }
        });
  }
}
