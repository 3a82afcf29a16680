package io.zproc.benchmarks.suite;

import io.zproc.ManagedProcess;
import io.zproc.MapOptions;
import io.zproc.MapResults;
import io.zproc.WaitStrategy;
import io.zproc.benchmarks.Lab;
import io.zproc.benchmarks.floor.PoolMap;
import io.zproc.benchmarks.race.Contestant;
import io.zproc.benchmarks.race.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Maps of many cheap items over worker processes, start of the workers not included; the floor does
 * it in one JVM, where no item is copied.
 */
final class MapSuite implements Suite {
  private static final int ITEMS = 100_000;
  private static final int WORKERS = Runtime.getRuntime().availableProcessors();

  @Override
  public String name() {
    return "map";
  }

  @Override
  public void run(Lab lab, WaitStrategy strategy) throws Exception {
    try (PrivateServer server = PrivateServer.start(lab, strategy);
        PoolMap floor = new PoolMap(WORKERS)) {
      server.use();
      map(server, WORKERS);
      List<Long> workers = workers(lab, server);
      try {
        lab.race(
            name(),
            strategy.name(),
            lab.settings().pace(),
            List.of(
                Contestant.batched(
                    "Context.processMap, " + WORKERS + " processes",
                    Kind.ZPROC,
                    ITEMS,
                    n -> map(server, n),
                    with(workers, server.pid())),
                Contestant.batched(
                    "ForkJoinPool, " + WORKERS + " threads",
                    Kind.FLOOR,
                    ITEMS,
                    floor::sumOfSquares)));
      } finally {
        for (long worker : workers) {
          lab.freezer().remove(worker);
        }
      }
    }
  }

  private static List<Long> workers(Lab lab, PrivateServer server) {
    List<Long> pids = new ArrayList<>();
    for (ManagedProcess<?> worker : server.context().workers()) {
      pids.add(worker.pid().orElseThrow());
    }
    pids.forEach(lab.freezer()::add);
    return pids;
  }

  private static Long[] with(List<Long> pids, long pid) {
    List<Long> all = new ArrayList<>(pids);
    all.add(pid);
    return all.toArray(new Long[0]);
  }

  private static long square(int n) {
    return (long) n * n;
  }

  private static long map(PrivateServer server, int items) {
    long sum = 0;
    try (MapResults<Long> results =
        server
            .context()
            .processMap(
                MapSuite::square,
                IntStream.range(0, items).boxed()::iterator,
                MapOptions.defaults())) {
      while (results.hasNext()) {
        sum += results.next();
      }
    }
    return sum;
  }
}
