package io.zproc.internal.jvm;

/** Waits that an interrupt does not cut short. The thread is interrupted afterwards, as before. */
public final class Uninterruptibly {
  private Uninterruptibly() {}

  /** Something to wait for, which is awaited from its beginning again after an interrupt. */
  public interface Wait<T> {
    T get() throws InterruptedException;
  }

  public static <T> T await(Wait<T> wait) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return wait.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Until it has ended; at once if it was never started. */
  public static void join(Thread thread) {
    await(
        () -> {
          thread.join();
          return true;
        });
  }

  /** Whether a thread has ended within this time. */
  public static boolean join(Thread thread, long timeoutMs) {
    long deadline = System.nanoTime() + timeoutMs * 1_000_000;
    return await(
        () -> {
          long left = (deadline - System.nanoTime()) / 1_000_000;
          thread.join(Math.max(1, left));
          return !thread.isAlive();
        });
  }
}
