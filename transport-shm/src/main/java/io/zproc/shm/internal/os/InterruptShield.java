package io.zproc.shm.internal.os;

import io.zproc.ZProcException;
import io.zproc.internal.jvm.Uninterruptibly;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Opens files in threads that may be interrupted. Java closes a file that such a thread is busy
 * with, whether the interrupt comes before or meanwhile; here it is put aside, and is there again
 * when the file is open. Stateless.
 */
public final class InterruptShield {
  private InterruptShield() {}

  /** What opens a file; may be called more than once. */
  @FunctionalInterface
  public interface Opening<T> {
    T open() throws IOException;
  }

  /** Opens in this thread, and anew if it was interrupted meanwhile. */
  public static <T> T open(Opening<T> opening) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return opening.open();
        } catch (IOException | RuntimeException e) {
          if (!isClosedByInterrupt(e)) {
            throw e;
          }
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean isClosedByInterrupt(Throwable e) {
    return e instanceof ClosedByInterruptException
        || e.getCause() != null && isClosedByInterrupt(e.getCause());
  }

  /**
   * Calls in a thread of its own, which nobody knows and so nobody interrupts; for what opens many
   * files and can not begin anew. What it throws comes through.
   *
   * @param name of the thread
   */
  public static <T> T callApart(String name, Supplier<T> supplier) {
    FutureTask<T> task = new FutureTask<>(supplier::get);
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return resultOf(task);
  }

  /** Awaits the result of a task, or throws what it has thrown. */
  static <T> T resultOf(Future<T> task) {
    return Uninterruptibly.await(
        () -> {
          try {
            return task.get();
          } catch (ExecutionException e) {
            throw asUnchecked(e.getCause());
          }
        });
  }

  private static RuntimeException asUnchecked(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException unchecked
        ? unchecked
        : new ZProcException(failure.toString(), failure);
  }
}
