package io.zproc;

/** How a client or a server waits for the other side. */
public enum WaitStrategy {
  /** Sleeps at once: no CPU while waiting, the latency of a wake-up by the operating system. */
  BLOCKING,

  /**
   * Spins for about as long as a wake-up takes, then sleeps. It learns how long that is, and soon
   * gives its core away where cores are few, so that the other side can run. The default.
   */
  SPIN_THEN_BLOCK,

  /** Never sleeps: the lowest latency, for one whole core per waiting thread. */
  BUSY_SPIN
}
