package io.zproc.shm.internal.os;

/**
 * Faults of mapped memory, such as that of a file that was truncated. The JVM notes one when it
 * happens and throws the {@link InternalError} when the thread next returns from certain calls into
 * the JVM, which compiled code may make much later, in somebody else's method.
 *
 * <p>Stateless.
 */
public final class LateFaults {
  /** Too long for compiled code to allocate by itself, so that it calls into the JVM. */
  private static final int LONG_ARRAY = 2 << 20;

  /** Keeps the compiler from leaving the allocation out. */
  private static volatile byte[] sink;

  private LateFaults() {}

  /** Forgets this thread's fault that was not thrown yet; for who has learnt of it otherwise. */
  public static void discard() {
    try {
      sink = new byte[LONG_ARRAY];
      sink = null;
    } catch (InternalError expected) {
      sink = null;
    }
  }
}
