package io.zproc.shm.internal.os;

import io.zproc.WaitStrategy;

/**
 * How long to look before sleeping. One waiting thread's; not thread-safe.
 *
 * <p>To look for about as long as a wake-up takes costs at most twice what the better choice would
 * have (Karlin, Li, Manasse, Owicki 1991). But that time differs twentyfold: a sleeping core of a
 * virtual machine takes 60 µs to come back, a thread on the same core 3 µs, and there whoever spins
 * keeps the one it waits for from running. So the limit learns from each sleep:
 *
 * <ul>
 *   <li>what came soon after it: look for twice as long, up to a maximum;
 *   <li>what came soon after it although that maximum was spent, several times in a row: the other
 *       side needs this core, so sleep at once for a while, longer each time that this is found;
 *   <li>what took long: look for half as long, there is nothing to hurry for.
 * </ul>
 */
public final class Waiter {
  private static final int FEW_PROCESSORS = 4;
  private static final boolean YIELDS = Runtime.getRuntime().availableProcessors() < FEW_PROCESSORS;
  private static final int LOOKS_BEFORE_YIELD = 40;
  private static final int CLOCK_INTERVAL = 16;

  private static final long MIN_SPIN_NS = 20_000;
  private static final long MAX_SPIN_NS = 160_000;
  private static final long SOON_NS = 2 * MAX_SPIN_NS;

  /** So many times in a row is spinning in vain before it is left. */
  private static final int FAILURES = 3;

  private static final int MIN_RESTS = 64;
  private static final int MAX_RESTS = 4096;

  private final WaitStrategy strategy;
  private int looks;
  private long startNs;
  private long limitNs = MAX_SPIN_NS;
  private int failures;
  private int rests;
  private int nextRests = MIN_RESTS;

  private Waiter(WaitStrategy strategy) {
    this.strategy = strategy;
  }

  public static Waiter of(WaitStrategy strategy) {
    return new Waiter(strategy);
  }

  /** To be called when what was waited for has come without a sleep. */
  public void reset() {
    if (looks > 0) {
      looks = 0;
      failures = 0;
      nextRests = MIN_RESTS;
    }
  }

  /**
   * Spins once.
   *
   * @return true when it is time to sleep, false to look again
   */
  public boolean spin() {
    switch (strategy) {
      case BLOCKING:
        return true;
      case BUSY_SPIN:
        Thread.onSpinWait();
        return false;
      default:
        return spinForAWhile();
    }
  }

  private boolean spinForAWhile() {
    if (rests > 0) {
      return true;
    }
    if (looks++ % CLOCK_INTERVAL == 0) {
      long now = System.nanoTime();
      if (looks == 1) {
        startNs = now;
      } else if (now - startNs > limitNs) {
        return true;
      }
    }
    if (YIELDS && looks > LOOKS_BEFORE_YIELD) {
      Thread.yield();
    } else {
      Thread.onSpinWait();
    }
    return false;
  }

  /** To be called after a sleep, whatever has ended it. */
  public void slept() {
    if (strategy != WaitStrategy.SPIN_THEN_BLOCK) {
      return;
    }
    if (rests > 0) {
      rests--;
    } else {
      learn(System.nanoTime() - startNs);
    }
    looks = 0;
  }

  private void learn(long waitedNs) {
    if (waitedNs > SOON_NS) {
      limitNs = Math.max(MIN_SPIN_NS, limitNs / 2);
      failures = 0;
    } else if (limitNs < MAX_SPIN_NS) {
      limitNs *= 2;
    } else if (++failures == FAILURES) {
      failures = 0;
      rests = nextRests;
      nextRests = Math.min(MAX_RESTS, 2 * nextRests);
    }
  }
}
