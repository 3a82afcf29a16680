package io.zproc.shm.internal.os;

import io.zproc.internal.jvm.Uninterruptibly;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A daemon thread of a server that reserves memory ahead of it, so that its own thread does not
 * stop for the milliseconds that the operating system takes to clear pages. Thread-safe.
 */
public final class Helper implements AutoCloseable {
  private static final long STOP_TIMEOUT_S = 10;

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread helper = new Thread(task, "zproc-reserve");
            helper.setDaemon(true);
            return helper;
          });

  public <T> Future<T> submit(Callable<T> task) {
    return thread.submit(task);
  }

  /** Finishes what was submitted. */
  @Override
  public void close() {
    thread.shutdown();
    Uninterruptibly.await(() -> thread.awaitTermination(STOP_TIMEOUT_S, TimeUnit.SECONDS));
  }
}
