package io.zproc.benchmarks.race;

import java.util.List;
import java.util.Objects;

/**
 * One of those that take turns; immutable.
 *
 * @param name what the row is called
 * @param kind whether ratios are taken of it or relative to it
 * @param batch operations that are timed together; 1 times each of them
 * @param preparation done before each batch, not timed; null for none
 * @param work what is timed
 * @param pids the processes it needs; they stand still in the turns of the others
 */
public record Contestant(
    String name, Kind kind, int batch, Work preparation, Work work, List<Long> pids) {

  public Contestant {
    Objects.requireNonNull(work, "work");
    if (batch < 1) {
      throw new IllegalArgumentException("batch=" + batch + " must be positive");
    }
    pids = List.copyOf(pids);
  }

  /** Each operation is timed by itself. */
  public static Contestant single(String name, Kind kind, Work work, Long... pids) {
    return new Contestant(name, kind, 1, null, work, List.of(pids));
  }

  /** Operations too short for the clock, timed by the batch. */
  public static Contestant batched(String name, Kind kind, int batch, Work work, Long... pids) {
    return new Contestant(name, kind, batch, null, work, List.of(pids));
  }

  /** This one, with something to be done before each batch. */
  public Contestant preparedBy(Work value) {
    return new Contestant(name, kind, batch, value, work, pids);
  }
}
