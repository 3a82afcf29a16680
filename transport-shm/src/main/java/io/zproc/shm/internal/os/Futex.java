package io.zproc.shm.internal.os;

import java.util.concurrent.locks.LockSupport;
import org.agrona.UnsafeApi;

/**
 * Sleeping on a word of shared memory until another process wakes it: {@code futex(2)}, the kind
 * that works across processes. Where there is no Linux, a sleep with back-off instead, which the
 * caller's loop turns into polling.
 *
 * <p>The protocol around it is that of {@link ParkedFlag} and {@link ParkedWatchers}: a wake-up
 * that nobody needs costs half a microsecond, so wakers look at a flag first.
 */
public final class Futex {
  private static final int WAIT = 0;
  private static final int WAKE = 1;
  private static final int WAIT_BITSET = 9;
  private static final int WAKE_BITSET = 10;
  private static final long NANOS = 1_000_000_000L;
  private static final long LONGEST_POLL_NS = 1_000_000;

  private static final long SYSCALL = syscallNumber();

  /** One timespec for each thread that sleeps. */
  private static final ThreadLocal<Long> TIMESPEC =
      ThreadLocal.withInitial(() -> UnsafeApi.allocateMemory(2L * Long.BYTES));

  private Futex() {}

  private static long syscallNumber() {
    if (!"Linux".equals(System.getProperty("os.name"))) {
      return -1;
    }
    switch (System.getProperty("os.arch")) {
      case "amd64":
      case "x86_64":
        return 202;
      case "aarch64":
      case "riscv64":
        return 98;
      default:
        return -1;
    }
  }

  /** Whether a wake-up is prompt here, or sleepers only poll. */
  public static boolean isNative() {
    return SYSCALL >= 0;
  }

  /** Loads what sleeping and waking need, so that the first time is not slow. */
  public static void load() {
    if (isNative()) {
      TIMESPEC.get();
      LibC.load();
    }
  }

  /** Sleeps while the int at {@code address} is {@code expected}, at most until the deadline. */
  public static void await(long address, int expected, long deadlineNs) {
    long left = deadlineNs - System.nanoTime();
    if (left > 0 && isNative()) {
      LibC.syscall(SYSCALL, address, WAIT, expected, timespec(left));
    } else if (left > 0) {
      poll(left);
    }
  }

  /**
   * Sleeps while the int at {@code address} is {@code expected}, until woken with a bit of {@code
   * mask}, at most until the deadline on the clock of {@link System#nanoTime}. May return early.
   */
  public static void await(long address, int expected, int mask, long deadlineNs) {
    long left = deadlineNs - System.nanoTime();
    if (left <= 0) {
      return;
    }
    if (isNative()) {
      // System.nanoTime is CLOCK_MONOTONIC, on which the kernel takes this absolute time.
      LibC.syscall(
          SYSCALL, address, WAIT_BITSET, expected, timespec(deadlineNs), 0, mask & 0xffffffffL);
    } else {
      poll(left);
    }
  }

  private static long timespec(long ns) {
    long timespec = TIMESPEC.get();
    UnsafeApi.putLong(timespec, ns / NANOS);
    UnsafeApi.putLong(timespec + Long.BYTES, ns % NANOS);
    return timespec;
  }

  private static void poll(long leftNs) {
    LockSupport.parkNanos(Math.min(leftNs, LONGEST_POLL_NS));
  }

  /** Wakes one sleeper. */
  public static void wakeOne(long address) {
    if (isNative()) {
      LibC.syscall(SYSCALL, address, WAKE, 1, 0);
    }
  }

  /** Wakes all sleepers that gave a bit of {@code mask}. */
  public static void wakeAll(long address, int mask) {
    if (isNative()) {
      LibC.syscall(SYSCALL, address, WAKE_BITSET, Integer.MAX_VALUE, 0, 0, mask & 0xffffffffL);
    }
  }
}
