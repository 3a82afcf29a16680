package io.zproc.tcp.internal.client;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A thread that looks a moment later what others have left to be written. There is one for all
 * connections of this JVM, and only while there is something to look at.
 */
final class Flusher {
  private static final long DELAY_MS = 1;
  private static final ScheduledThreadPoolExecutor THREAD = make();

  private Flusher() {}

  private static ScheduledThreadPoolExecutor make() {
    ScheduledThreadPoolExecutor made =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(null, task, "zproc-flusher", 0, false);
              thread.setDaemon(true);
              return thread;
            });
    made.setKeepAliveTime(1, TimeUnit.SECONDS);
    made.allowCoreThreadTimeOut(true);
    return made;
  }

  /** Runs it within some milliseconds; it must not wait. From any thread. */
  static void soon(Runnable look) {
    THREAD.schedule(look, DELAY_MS, TimeUnit.MILLISECONDS);
  }
}
