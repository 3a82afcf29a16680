package io.zproc.benchmarks.race;

import java.util.concurrent.TimeUnit;

/**
 * How long to measure.
 *
 * @param rounds turns of each contestant
 * @param roundNs how long a turn is; it has at least one batch
 * @param warmUpNs how long each contestant runs before that, enough for C2 on both sides
 * @param settleOperations not recorded at the begin of a turn, while processes and caches wake up
 */
public record Pace(int rounds, long roundNs, long warmUpNs, int settleOperations) {
  /** What the JVM wants to see before it compiles with C2, and then some. */
  private static final int WARM_UP_OPERATIONS = 50_000;

  /** A contestant that is slow, such as one that sleeps, gets this many times the warm-up. */
  private static final int PATIENCE = 2;

  private static final long NETWORK_WARM_UP_NS = TimeUnit.MILLISECONDS.toNanos(1_500);

  public static final Pace FULL = ofMillis(21, 40, 900);
  public static final Pace QUICK = ofMillis(7, 12, 220);

  /** A third of it, for what fills memory while it is measured. */
  public Pace shorter() {
    return new Pace(rounds, roundNs / 3, warmUpNs / 3, settleOperations);
  }

  /**
   * Fewer and longer turns, for what takes many changes of threads: where cores are short, a thread
   * that has just been let go on may have to wait for another's time slice of 4 ms. And a warm-up
   * of seconds: until then compilers on both sides need the cores that the trips are measured on.
   */
  public Pace overNetwork() {
    long warmUp = Math.max(warmUpNs, NETWORK_WARM_UP_NS);
    return new Pace(Math.max(5, rounds / 2), roundNs * 8, warmUp, settleOperations * 5);
  }

  /** Fewer and longer turns without any warm-up to speak of, for what happens now and then. */
  public Pace longer() {
    return new Pace(Math.max(3, rounds / 3), roundNs * 10, roundNs * 10, settleOperations);
  }

  /** Half the turns and no settling, for operations that take longer than a turn. */
  public Pace forSlow() {
    return new Pace(Math.max(3, rounds / 2), roundNs, warmUpNs, 0);
  }

  /** Whether a contestant that has run that long, and so often, is warm. */
  boolean isWarm(long ns, long operations) {
    return ns >= warmUpNs && operations >= WARM_UP_OPERATIONS || ns >= PATIENCE * warmUpNs;
  }

  private static Pace ofMillis(int rounds, long round, long warmUp) {
    return new Pace(
        rounds, TimeUnit.MILLISECONDS.toNanos(round), TimeUnit.MILLISECONDS.toNanos(warmUp), 20);
  }
}
