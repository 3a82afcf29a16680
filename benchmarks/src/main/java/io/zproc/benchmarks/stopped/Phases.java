package io.zproc.benchmarks.stopped;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Latencies of phases of two kinds that took turns, in nanoseconds. Not thread-safe. */
final class Phases {
  private final List<long[]> withAll = new ArrayList<>();
  private final List<long[]> withSome = new ArrayList<>();

  /** Adds a phase; {@code some} when only some of the clients were running. */
  void add(boolean some, long[] latencies, int count) {
    long[] sorted = Arrays.copyOf(latencies, count);
    Arrays.sort(sorted);
    (some ? withSome : withAll).add(sorted);
  }

  /** The median of the phases' percentiles. */
  double percentile(boolean some, double share) {
    double[] values =
        (some ? withSome : withAll)
            .stream().mapToDouble(phase -> phase[(int) (phase.length * share)]).sorted().toArray();
    return values[values.length / 2];
  }

  /** The median latency while some stood still, relative to that while all were running. */
  double ratio() {
    return percentile(true, 0.5) / percentile(false, 0.5);
  }
}
