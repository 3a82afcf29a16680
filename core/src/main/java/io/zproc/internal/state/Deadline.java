package io.zproc.internal.state;

import java.time.Duration;

/** Points in time on the clock of {@link System#nanoTime}. */
final class Deadline {
  /** About a century: so far that sums with the clock do not wrap around. */
  private static final long FOREVER_NS = Long.MAX_VALUE / 2;

  private Deadline() {}

  /** The point {@code timeout} from now; null stands for never. */
  static long after(Duration timeout) {
    return System.nanoTime() + (timeout == null ? FOREVER_NS : nanos(timeout));
  }

  static boolean isOver(long deadlineNs) {
    return System.nanoTime() - deadlineNs >= 0;
  }

  static long nanos(Duration timeout) {
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("timeout=" + timeout + " is negative");
    }
    if (timeout.getSeconds() >= FOREVER_NS / 1_000_000_000L) {
      return FOREVER_NS;
    }
    return timeout.toNanos();
  }

  /** The timeout as a person would say it: {@code 1.5 s}. */
  static String text(Duration timeout) {
    long millis = timeout.toMillis();
    if (millis < 1000) {
      return millis + " ms";
    }
    return (millis % 1000 == 0 ? String.valueOf(millis / 1000) : millis / 1000.0) + " s";
  }
}
