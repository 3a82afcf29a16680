package io.zproc.tcp.internal.gateway;

import io.zproc.ZProcException;
import io.zproc.spi.Connection;
import io.zproc.spi.EventCursor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A thread that waits for commits while the gateway sleeps, and wakes it. It only works when it was
 * asked to: {@link #arm} is called by the gateway's thread before each sleep in which there is
 * somebody to be told.
 */
final class CommitSignal implements AutoCloseable {
  private static final long LOOK_NS = TimeUnit.SECONDS.toNanos(1);

  private final Connection connection;
  private final Runnable wakeGateway;
  private final EventCursor cursor;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread = new Thread(this::run, "zproc-gateway-commits");

  /** What was asked for, −1 for nothing; guarded by the lock, as the interest is. */
  private long after = -1;

  private int interest;
  private boolean closed;

  CommitSignal(Connection connection, Runnable wakeGateway) {
    this.connection = connection;
    this.wakeGateway = wakeGateway;
    cursor = connection.events(0);
    thread.setDaemon(true);
    thread.start();
  }

  /** Wakes the gateway when a commit of that interest is published behind that revision. */
  void arm(long afterRevision, int newInterest) {
    lock.lock();
    try {
      boolean wider = after >= 0 && (newInterest & ~interest) != 0;
      after = afterRevision;
      interest = newInterest;
      changed.signal();
      if (wider) {
        cursor.wakeUp();
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      for (long armed = awaitArmed(); armed >= 0; armed = awaitArmed()) {
        cursor.seek(armed);
        cursor.await(interest(), System.nanoTime() + LOOK_NS);
        if (connection.revision() > armed && disarm(armed)) {
          wakeGateway.run();
        }
      }
    } catch (ZProcException e) {
      // The server stops, and the gateway with it.
      return;
    } finally {
      cursor.close();
    }
  }

  /** Returns −1 at the end. */
  private long awaitArmed() {
    lock.lock();
    try {
      while (after < 0 && !closed) {
        changed.awaitUninterruptibly();
      }
      return closed ? -1 : after;
    } finally {
      lock.unlock();
    }
  }

  private int interest() {
    lock.lock();
    try {
      return interest;
    } finally {
      lock.unlock();
    }
  }

  private boolean disarm(long armed) {
    lock.lock();
    try {
      if (after > armed) {
        return false;
      }
      after = -1;
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    cursor.wakeUp();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
