package io.zproc.shm.internal.os;

import io.zproc.WaitStrategy;

/**
 * How long to look before sleeping. One waiting thread's; not thread-safe.
 *
 * <p>It looks for about as long as a wake-up by the operating system may take, so that waiting
 * costs at most twice what the better choice would have (Karlin, Li, Manasse, Owicki 1991). Where
 * cores are few, who spins may keep the one it waits for from running; so there it soon gives its
 * core to whoever can use it between two looks.
 */
public final class Waiter {
  private static final int FEW_PROCESSORS = 4;
  private static final boolean YIELDS = Runtime.getRuntime().availableProcessors() < FEW_PROCESSORS;
  private static final long SPIN_NS = 60_000;
  private static final int LOOKS_BEFORE_YIELD = 256;
  private static final int CLOCK_INTERVAL = 16;

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
    if (YIELDS && looks > LOOKS_BEFORE_YIELD) {
      Thread.yield();
    } else {
      Thread.onSpinWait();
    }
    return false;
  }
}
