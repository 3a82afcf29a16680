package io.zproc.shm.testing;

import io.zproc.ZProcException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Starts a server again whenever it has stopped, as an init system does; in a thread of its own.
 */
public final class Watchdog implements AutoCloseable {
  private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(20);

  private final TestServer server;
  private final Thread thread = new Thread(this::watch, "watchdog");
  private volatile boolean closed;
  private volatile int restarts;

  private Watchdog(TestServer server) {
    this.server = server;
  }

  public static Watchdog start(TestServer server) {
    Watchdog watchdog = new Watchdog(server);
    watchdog.thread.setDaemon(true);
    watchdog.thread.start();
    return watchdog;
  }

  private void watch() {
    while (!closed) {
      if (!server.isAlive()) {
        restarts++;
        server.restart();
      }
      LockSupport.parkNanos(PERIOD_NS);
    }
  }

  /** How often it has started the server. */
  public int restarts() {
    return restarts;
  }

  /** Returns when it looks no more. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new ZProcException("interrupted", e);
    }
  }
}
