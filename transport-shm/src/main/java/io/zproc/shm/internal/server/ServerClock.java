package io.zproc.shm.internal.server;

/**
 * The server's time: nanoseconds since 1970 that never step back, whatever happens to the wall
 * clock, and a count of its readings that no two commits share.
 */
final class ServerClock {
  private final long offsetNs = System.currentTimeMillis() * 1_000_000 - System.nanoTime();
  private long ticks;

  long nowNs() {
    ticks++;
    return System.nanoTime() + offsetNs;
  }

  /** Which reading the last one was. */
  long ticks() {
    return ticks;
  }
}
