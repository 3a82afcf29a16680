package io.zproc.benchmarks;

import io.zproc.WaitStrategy;
import io.zproc.benchmarks.race.Pace;
import java.util.List;
import java.util.Set;

/**
 * What a run is to do.
 *
 * @param strategies how servers and clients wait, one after the other
 * @param quick shorter rounds and smaller states
 * @param pinned all processes share one core
 * @param only the groups to run; all when empty
 */
public record Settings(
    List<WaitStrategy> strategies, boolean quick, boolean pinned, Set<String> only) {

  public Settings {
    strategies = List.copyOf(strategies);
    only = Set.copyOf(only);
  }

  public Pace pace() {
    return quick ? Pace.QUICK : Pace.FULL;
  }

  public boolean wants(String group) {
    return only.isEmpty() || only.contains(group);
  }

  /** The strategy of groups that are run with one only: the default one if it is among them. */
  public WaitStrategy main() {
    return strategies.contains(WaitStrategy.SPIN_THEN_BLOCK)
        ? WaitStrategy.SPIN_THEN_BLOCK
        : strategies.get(0);
  }
}
