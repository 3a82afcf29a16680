package io.zproc.internal.state;

import io.zproc.ClosedException;
import io.zproc.ServerDownException;
import io.zproc.SessionLostException;
import io.zproc.ZProcException;
import io.zproc.internal.jvm.Uninterruptibly;
import io.zproc.internal.protocol.Event;
import io.zproc.internal.protocol.Replaced;
import io.zproc.internal.signal.SignalDelivery;
import io.zproc.spi.EventCursor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A position in the journal that one thread at a time moves: the one that holds it, from {@link
 * #acquire} to {@link #release}. Until it is first opened it is only a number; then it has one of
 * the client's cursors.
 *
 * <p>Any thread may close or wake it: it sets {@code closed} and then looks for a cursor to wake,
 * while the holder sets the cursor and then looks at {@code closed} before it sleeps, so that one
 * of them sees the other.
 *
 * <p>Whoever finds it closed, or its client replaced, while holding it or behind releasing it,
 * gives the cursor back.
 */
final class ExclusiveCursor {
  private static final long CLOSE_WAIT_MS = 2_000;

  private final Namespace<?, ?> namespace;
  private final Client client;
  private final Runnable onGivenBack;
  private final ReentrantLock lock = new ReentrantLock();

  /** Written by the holder, as the position is; any thread reads them. */
  private volatile EventCursor cursor;

  private volatile long position;
  private volatile boolean closed;

  /**
   * @param namespace whose changes are waited for, as exceptions say
   * @param onGivenBack called by the holder when it will move no more
   */
  ExclusiveCursor(Namespace<?, ?> namespace, long position, Runnable onGivenBack) {
    this.namespace = namespace;
    this.client = namespace.client;
    this.position = position;
    this.onGivenBack = onGivenBack;
  }

  long position() {
    return position;
  }

  boolean isClosed() {
    return closed;
  }

  /** Returns false at the deadline, when another thread still holds it. */
  boolean acquire(long deadlineNs) {
    checkOpen();
    if (!lock.tryLock() && !lockUntil(deadlineNs)) {
      return false;
    }
    if (isOver()) {
      release();
      checkOpen();
    }
    return true;
  }

  private boolean lockUntil(long deadlineNs) {
    try {
      long left = Math.max(0, deadlineNs - System.nanoTime());
      return lock.tryLock(left, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted();
    }
  }

  void release() {
    lock.unlock();
    if (isOver()) {
      giveBack();
    }
  }

  private boolean isOver() {
    return closed || client.isReplaced();
  }

  /** Makes sure that there is a cursor. For the holder, as all that follows. */
  void open() {
    if (cursor == null) {
      cursor = client.cursors().borrow(this, position);
    }
  }

  /** Goes to the next event; returns false when none is committed. */
  boolean next(Event into) {
    return cursor.next(into) && moved(into);
  }

  /** As {@link EventCursor#next(Event, long)}. */
  boolean next(Event into, long deadlineNs) {
    return cursor.next(into, deadlineNs) && moved(into);
  }

  private boolean moved(Event to) {
    position = to.revision();
    return true;
  }

  void seek(long after) {
    position = after;
    if (cursor != null) {
      cursor.seek(after);
    }
  }

  /** Waits for an event, until the deadline, or when woken. */
  void await(int interest, long deadlineNs) {
    checkInterrupted();
    try {
      cursor.await(interest, deadlineNs);
    } catch (ServerDownException e) {
      if (!Deadline.isOver(deadlineNs)) {
        throw e;
      }
      // It may have had a moment only to give a sign of life: it is asked once more, in earnest.
    }
    checkInterrupted();
  }

  private void checkInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted();
    }
  }

  private ZProcException interrupted() {
    return SignalDelivery.interrupted("interrupted while waiting for a change of " + namespace);
  }

  /**
   * @throws ClosedException when it was closed
   * @throws io.zproc.HistoryLostException when the state was replaced
   */
  void checkOpen() {
    if (closed) {
      throw new ClosedException("a watcher of " + namespace + " was closed");
    }
    String replacement = client.connection().replacement();
    if (replacement != null) {
      throw Replaced.history(replacement, position);
    }
  }

  /** What a watcher is told when a command that it needed has failed. */
  ZProcException lostOr(SessionLostException failed) {
    checkOpen();
    return failed;
  }

  /** Makes the holder, if it waits, look at what it waits for. Any thread, as all that follows. */
  void wakeUp() {
    EventCursor open = cursor;
    if (open != null) {
      open.wakeUp();
    }
  }

  /** Ends it; a thread that waits is woken and throws {@link ClosedException}. */
  void close() {
    closed = true;
    wakeUp();
    giveBack();
  }

  /**
   * When the client is closed or replaced: wakes who waits, and returns when no thread uses the
   * cursor any more.
   */
  void endAndWait() {
    if (client.isClosed()) {
      closed = true;
    }
    wakeUp();
    giveBack();
    if (Uninterruptibly.await(() -> lock.tryLock(CLOSE_WAIT_MS, TimeUnit.MILLISECONDS))) {
      release();
    }
  }

  /** Gives the cursor back unless a thread holds it, which will then do so itself. */
  private void giveBack() {
    if (lock.isHeldByCurrentThread() || !lock.tryLock()) {
      return;
    }
    try {
      if (cursor != null) {
        client.cursors().giveBack(this, cursor);
        cursor = null;
        onGivenBack.run();
      }
    } finally {
      lock.unlock();
    }
  }
}
