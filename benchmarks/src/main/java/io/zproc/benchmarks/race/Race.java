package io.zproc.benchmarks.race;

import io.zproc.benchmarks.process.Freezer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures contestants in turns, A B C A B C …, so that whatever else the machine does falls on all
 * of them alike. The processes of those whose turn it is not stand still: there may be fewer cores
 * than threads that spin.
 */
public final class Race {
  private final Freezer freezer;
  private final Pace pace;
  private final Map<Contestant, Samples> samples = new LinkedHashMap<>();

  private Race(Freezer freezer, Pace pace, List<Contestant> contestants) {
    this.freezer = freezer;
    this.pace = pace;
    contestants.forEach(c -> samples.put(c, new Samples(pace.rounds())));
  }

  /**
   * Warms each of them up, then measures; ratios are relative to the floor among them, or else to
   * the first.
   */
  public static List<Row> run(
      Freezer freezer, Pace pace, String group, String strategy, List<Contestant> contestants)
      throws Exception {
    Race race = new Race(freezer, pace, contestants);
    race.warmUp();
    for (int i = 0; i < pace.rounds(); i++) {
      race.round();
    }
    return race.rows(group, strategy);
  }

  private void warmUp() throws Exception {
    for (Contestant contestant : samples.keySet()) {
      freezer.onlyRunning(contestant.pids());
      long start = System.nanoTime();
      Samples discarded = new Samples(1);
      do {
        batch(contestant, discarded);
      } while (!pace.isWarm(System.nanoTime() - start, discarded.operations()));
    }
  }

  private void round() throws Exception {
    for (Map.Entry<Contestant, Samples> turn : samples.entrySet()) {
      Contestant contestant = turn.getKey();
      freezer.onlyRunning(contestant.pids());
      settle(contestant);
      turn(contestant, turn.getValue());
    }
  }

  private void settle(Contestant contestant) throws Exception {
    int operations = contestant.batch() > 1 ? 0 : pace.settleOperations();
    long end = System.nanoTime() + pace.roundNs();
    for (int i = 0; i < operations && System.nanoTime() - end < 0; i++) {
      contestant.work().run(1);
    }
  }

  private void turn(Contestant contestant, Samples into) throws Exception {
    long end = System.nanoTime() + pace.roundNs();
    long before = Allocation.ofThisThread();
    long prepared = 0;
    do {
      prepared += batch(contestant, into);
    } while (System.nanoTime() - end < 0);
    into.endRound(Allocation.ofThisThread() - before - prepared);
  }

  /** Returns the bytes that the preparation allocated. */
  private static long batch(Contestant contestant, Samples into) throws Exception {
    long prepared = 0;
    if (contestant.preparation() != null) {
      long before = Allocation.ofThisThread();
      contestant.preparation().run(contestant.batch());
      prepared = Allocation.ofThisThread() - before;
    }
    long start = System.nanoTime();
    contestant.work().run(contestant.batch());
    into.record(System.nanoTime() - start, contestant.batch());
    return prepared;
  }

  private List<Row> rows(String group, String strategy) {
    double floor =
        samples.entrySet().stream()
            .filter(e -> e.getKey().kind() == Kind.FLOOR)
            .mapToDouble(e -> e.getValue().median())
            .findFirst()
            .orElseGet(() -> samples.values().iterator().next().median());
    List<Row> rows = new ArrayList<>();
    samples.forEach((c, s) -> rows.add(Row.of(group, strategy, c, s, floor)));
    return rows;
  }
}
