package io.zproc;

/** How a client or a server waits for the other side. */
public enum WaitStrategy {
  /** Sleeps at once: no CPU while waiting, the latency of a wake-up by the operating system. */
  BLOCKING,

  /**
   * Spins for a few microseconds, then sleeps. The spin is shorter where cores are few, so that it
   * does not take the core that the other side needs. The default.
   */
  SPIN_THEN_BLOCK,

  /** Never sleeps: the lowest latency, for one whole core per waiting thread. */
  BUSY_SPIN
}
