package io.zproc.benchmarks.race;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Bytes that the calling thread has allocated so far; always 0 on a JVM that does not tell. */
final class Allocation {
  private static final ThreadMXBean THREADS = threads();

  private Allocation() {}

  private static ThreadMXBean threads() {
    java.lang.management.ThreadMXBean bean = ManagementFactory.getThreadMXBean();
    return bean instanceof ThreadMXBean hotspot && hotspot.isThreadAllocatedMemorySupported()
        ? hotspot
        : null;
  }

  static long ofThisThread() {
    return THREADS == null ? 0 : THREADS.getCurrentThreadAllocatedBytes();
  }
}
