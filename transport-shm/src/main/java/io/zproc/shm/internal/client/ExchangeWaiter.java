package io.zproc.shm.internal.client;

import io.zproc.ClosedException;
import io.zproc.ServerDownException;
import io.zproc.SessionLostException;
import io.zproc.ZProcException;
import io.zproc.ZProcTimeoutException;
import io.zproc.internal.protocol.Dropped;
import io.zproc.shm.internal.os.Waiter;

/**
 * How an exchange waits for the server: it spins, then sleeps, looks now and then whether it is any
 * use to wait on, and wakes a server that seems to be awake but does nothing. For the thread that
 * has borrowed the exchange.
 *
 * <p>Each wait is for a moment, and fails with {@link SessionLostException} when the server has
 * dropped the session, with {@link ClosedException} when the connection was closed, and at the
 * deadline with {@link ZProcTimeoutException} or {@link ServerDownException}.
 */
final class ExchangeWaiter {
  /** Between two looks whether to wait on: these take longer than a look for the reply. */
  private static final int LOOKS_PER_CHECK = 64;

  /** How long to wait before waking a server that seems to be awake. */
  private static final long PATIENCE_NS = 20_000_000;

  private final ShmConnection connection;
  private final Waiter waiter;
  private int looks;

  /** When patience with the server ends; 0 when no command has waited for long. */
  private long impatientAtNs;

  ExchangeWaiter(ShmConnection connection) {
    this.connection = connection;
    this.waiter = Waiter.of(connection.options().waitStrategy());
  }

  /** Waits a moment for a reply. */
  void awaitReply(ClientSession session, long deadlineNs) {
    if (isTimeToSleep(session, deadlineNs, "answer")) {
      session.await(deadlineNs);
      waiter.slept();
    }
  }

  /** Waits a moment for room for a command. */
  void awaitRoom(ClientSession session, long deadlineNs) {
    if (isTimeToSleep(session, deadlineNs, "take a command")) {
      session.awaitRoom(deadlineNs);
      waiter.slept();
    }
  }

  /** A reply has come. */
  void reset() {
    waiter.reset();
    impatientAtNs = 0;
  }

  private boolean isTimeToSleep(ClientSession session, long deadlineNs, String what) {
    if (++looks % LOOKS_PER_CHECK == 0) {
      check(session, deadlineNs, what);
    }
    if (!waiter.spin()) {
      return false;
    }
    check(session, deadlineNs, what);
    return true;
  }

  /** Fails when it is no use to wait any longer. */
  private void check(ClientSession session, long deadlineNs, String what) {
    if (session.isDropped()) {
      throw Dropped.session(session.dropReason());
    }
    if (connection.isClosed()) {
      throw new ClosedException("the connection to " + connection.address() + " was closed");
    }
    long now = System.nanoTime();
    if (now - deadlineNs > 0) {
      throw timeout(what);
    }
    insist(session, now);
  }

  /** Another client may have been killed while it woke the server, which then sleeps on. */
  private void insist(ClientSession session, long now) {
    boolean first = impatientAtNs == 0;
    if (first || now - impatientAtNs > 0) {
      impatientAtNs = now + PATIENCE_NS;
      if (!first) {
        session.ringAnyway();
      }
    }
  }

  private ZProcException timeout(String what) {
    return connection.server().isAlive()
        ? new ZProcTimeoutException(
            "the server "
                + connection.serverPid()
                + " lives but did not "
                + what
                + " within "
                + connection.options().timeout().toMillis()
                + " ms")
        : connection.server().down(what);
  }
}
