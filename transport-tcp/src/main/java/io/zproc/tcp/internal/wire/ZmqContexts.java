package io.zproc.tcp.internal.wire;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.ZMQ;

/**
 * Makes contexts of ZeroMQ that log where they would print, and whose threads go on after an error.
 *
 * <p>All that jeromq's threads know is in objects, not on their stack, so after an error, such as
 * too little memory, the loop can be entered again: what was under way may be lost, with its
 * connection, the others go on.
 */
public final class ZmqContexts {
  private static final Logger LOG = LoggerFactory.getLogger(ZmqContexts.class);
  private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(10);

  private ZmqContexts() {}

  /** A context with one I/O thread. */
  public static ZMQ.Context create() {
    ZMQ.Context context = ZMQ.context(1);
    context.setBlocky(false);
    context.setThreadFactor(ZmqContexts::thread);
    // It passes over these by itself: a connection that ended while something was done with it.
    context.setNotificationExceptionHandler((thread, e) -> LOG.debug("on {}", thread, e));
    return context;
  }

  private static Thread thread(Runnable loop, String name) {
    Thread thread = new Thread(() -> runToEnd(loop), name);
    thread.setDaemon(true);
    return thread;
  }

  /** Returns when the loop returns, which it does when the context ends. */
  static void runToEnd(Runnable loop) {
    while (true) {
      try {
        loop.run();
        return;
      } catch (RuntimeException | Error e) {
        report(e);
        LockSupport.parkNanos(PAUSE_NS);
      }
    }
  }

  private static void report(Throwable failure) {
    try {
      LOG.error("{} goes on after an error", Thread.currentThread(), failure);
    } catch (OutOfMemoryError e) {
      // To go on is what matters, and may succeed when that can not even be said.
      return;
    }
  }
}
