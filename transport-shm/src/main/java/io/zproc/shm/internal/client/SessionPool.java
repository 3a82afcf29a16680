package io.zproc.shm.internal.client;

import io.zproc.ServerDownException;
import io.zproc.ZProcException;
import io.zproc.shm.internal.layout.Control;
import io.zproc.shm.internal.layout.ControlDescriptor;
import io.zproc.shm.internal.layout.Directory;
import io.zproc.shm.internal.layout.SessionEntryDescriptor;
import io.zproc.shm.internal.os.Memory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;

/**
 * The sessions of one client. A thread borrows one for the length of a command, by a
 * compare-and-set and without allocating, and finds the one it had before if nobody else has it.
 */
final class SessionPool {
  private static final int MAX_SESSIONS = 64;
  private static final long POLL_NS = 50_000;

  private final ShmConnection connection;
  private final AtomicReferenceArray<ShmExchange> exchanges =
      new AtomicReferenceArray<>(MAX_SESSIONS);
  private final AtomicInteger count = new AtomicInteger();

  SessionPool(ShmConnection connection) {
    this.connection = connection;
  }

  ShmExchange borrow() {
    int preferred = (int) Thread.currentThread().getId();
    long deadline = 0;
    while (true) {
      int open = count.get();
      for (int i = 0; i < open; i++) {
        ShmExchange exchange = exchanges.get((preferred + i) % open);
        if (exchange != null && exchange.tryBorrow()) {
          return exchange;
        }
      }
      if (open < MAX_SESSIONS) {
        return open();
      }
      deadline = waitForOne(deadline);
    }
  }

  private long waitForOne(long deadline) {
    long now = System.nanoTime();
    if (deadline != 0 && now - deadline > 0) {
      throw new ServerDownException(
          "all " + MAX_SESSIONS + " sessions of this client were busy for longer than its timeout");
    }
    LockSupport.parkNanos(POLL_NS);
    return deadline == 0 ? now + connection.timeoutNs() : deadline;
  }

  private synchronized ShmExchange open() {
    connection.requireOpen();
    int index = count.get();
    if (index == MAX_SESSIONS) {
      return borrow();
    }
    ShmExchange exchange = new ShmExchange(connection, this);
    exchange.tryBorrow();
    // Now rather than with the first command, whose deadline the first loading of classes would
    // eat.
    exchange.attach();
    exchanges.set(index, exchange);
    count.set(index + 1);
    return exchange;
  }

  /** Takes a free place in the session table, with its lock. */
  int claim() {
    Control control = connection.control();
    for (int index = 0; index < ControlDescriptor.SESSIONS; index++) {
      long state = control.sessionAddress(index) + SessionEntryDescriptor.STATE_OFFSET;
      if (Memory.getIntVolatile(state) == SessionEntryDescriptor.FREE
          && connection.locks().tryLock(Directory.sessionLock(index))) {
        if (Memory.getIntVolatile(state) == SessionEntryDescriptor.FREE) {
          return index;
        }
        connection.locks().unlock(Directory.sessionLock(index));
      }
    }
    throw new ZProcException(
        "all "
            + ControlDescriptor.SESSIONS
            + " sessions of "
            + connection.address()
            + " are taken: close clients that are not needed");
  }

  /** Behind the closing of the connection, so that none follows. */
  synchronized void close() {
    for (int i = 0; i < count.get(); i++) {
      exchanges.get(i).end();
    }
  }
}
