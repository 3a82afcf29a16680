package io.zproc.shm.internal.os;

import io.zproc.WaitStrategy;

/**
 * How often to look before sleeping. One waiting thread's; not thread-safe.
 *
 * <p>Where cores are few, who spins may keep the one it waits for from running, so there it looks only
 * a few times, giving its core away in between.
 */
public final class Waiter {
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
  private static final int FEW_PROCESSORS = 4;
  private static final long SPIN_NS = PROCESSORS < FEW_PROCESSORS ? 10_000 : 50_000;
  private static final int CLOCK_INTERVAL = 32;

  private final WaitStrategy strategy;
  private int looks;
  private long startNs;

  private Waiter(WaitStrategy strategy) {
    this.strategy = strategy;
  }

  public static Waiter of(WaitStrategy strategy) {
    return new Waiter(strategy);
  }

  /** To be called when what was waited for has come. */
  public void reset() {
    looks = 0;
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
    if (looks++ % CLOCK_INTERVAL == 0) {
      long now = System.nanoTime();
      if (looks == 1) {
        startNs = now;
      } else if (now - startNs > SPIN_NS) {
        return true;
      }
    }
    Thread.onSpinWait();
    return false;
  }
}
