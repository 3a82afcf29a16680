package io.zproc.tcp.internal.wire;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.ZMQ;

/** Makes contexts of ZeroMQ that log where they would print. */
public final class ZmqContexts {
  private static final Logger LOG = LoggerFactory.getLogger(ZmqContexts.class);

  private ZmqContexts() {}

  /** A context with one I/O thread. */
  public static ZMQ.Context create() {
    ZMQ.Context context = ZMQ.context(1);
    context.setBlocky(false);
    context.setUncaughtExceptionHandler(
        (thread, e) -> LOG.error("{} has ended: nothing goes over its sockets", thread, e));
    // It passes over these by itself: a connection that ended while something was done with it.
    context.setNotificationExceptionHandler((thread, e) -> LOG.debug("on {}", thread, e));
    return context;
  }
}
