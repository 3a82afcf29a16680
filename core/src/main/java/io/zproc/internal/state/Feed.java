package io.zproc.internal.state;

import io.zproc.ChangeHandler;
import io.zproc.ClosedException;
import io.zproc.ServerDownException;
import io.zproc.SessionLostException;
import io.zproc.ZProcException;
import io.zproc.internal.collect.PersistentMap;
import io.zproc.internal.jvm.Uninterruptibly;
import io.zproc.internal.protocol.Event;
import io.zproc.internal.protocol.Interest;
import io.zproc.internal.protocol.Replaced;
import io.zproc.internal.signal.SignalDelivery;
import io.zproc.spi.EventCursor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * A position in the journal that goes from commit to commit of one namespace, with the map at that
 * position.
 *
 * <p>Until it is first used it is only a number: neither cursor nor map exist. The map is also
 * dropped when the position jumps, and made anew when next needed.
 *
 * <p>One thread at a time uses it, holding {@link #lock}; any thread may close or wake it: it sets
 * {@code closed} and then looks for a cursor to wake, while the user sets the cursor and then looks
 * at {@code closed} before it sleeps, so that one of them sees the other.
 *
 * <p>Whoever finds the feed closed, or its client replaced, while holding the lock or behind
 * releasing it, frees the cursor.
 */
final class Feed {
  private static final long CLOSE_WAIT_MS = 2_000;

  private final Namespace<?, ?> namespace;
  private final Client client;
  private final long origin;
  private final Reads<?, ?> reads;
  private final ReentrantLock lock = new ReentrantLock();
  private final Event event = new Event();
  private final Projection projection;
  private volatile EventCursor cursor;
  private volatile long position;
  private volatile boolean closed;
  private boolean mapIsWanted;

  /** A feed of the state that commits so: those commits are its own. */
  Feed(Commits<?, ?> commits, long position) {
    this.namespace = commits.namespace;
    this.client = namespace.client;
    this.origin = commits.origin;
    this.reads = commits.reads;
    this.position = position;
    this.projection = new Projection(namespace.number, event);
  }

  /** A feed that begins at a view, which spares it to make the map. */
  static Feed at(Commits<?, ?> commits, View view) {
    Feed feed = new Feed(commits, view.revision());
    feed.projection.jump(view.map());
    return feed;
  }

  long position() {
    return position;
  }

  boolean isClosed() {
    return closed;
  }

  /** As {@link #take(Namespace, Filter, long, BooleanSupplier)}, until the deadline or closing. */
  <K, V> UpdateImpl<K, V> take(Namespace<K, V> as, Filter filter, long deadlineNs) {
    return take(as, filter, deadlineNs, () -> false);
  }

  /**
   * The next update that the filter accepts; others before it are skipped for good.
   *
   * @param as the namespace of this feed
   * @param cancelled looked at whenever the feed is woken
   * @return null at the deadline, or when cancelled
   */
  <K, V> UpdateImpl<K, V> take(
      Namespace<K, V> as, Filter filter, long deadlineNs, BooleanSupplier cancelled) {
    if (!acquire(deadlineNs)) {
      return null;
    }
    try {
      return await(as, filter, deadlineNs, cancelled);
    } catch (SessionLostException e) {
      throw lostOr(e);
    } finally {
      release();
    }
  }

  private <K, V> UpdateImpl<K, V> await(
      Namespace<K, V> as, Filter filter, long deadlineNs, BooleanSupplier cancelled) {
    open();
    int interest = filter.interest();
    while (!cancelled.getAsBoolean()) {
      checkOpen();
      long answerNs = answerDeadline(deadlineNs);
      while (cursor.next(event, answerNs)) {
        position = event.revision();
        UpdateImpl<K, V> update = projection.apply(as.types);
        if (update != null && isOwn() && !filter.own()) {
          interest |= Interest.ofNamespace(namespace.number);
        } else if (update != null && filter.accepts(update)) {
          reads.atLeast(update.revision());
          return update;
        }
      }
      if (Deadline.isOver(deadlineNs)) {
        return null;
      }
      checkInterrupted();
      await(interest, deadlineNs);
      checkInterrupted();
    }
    return null;
  }

  private void await(int interest, long deadlineNs) {
    try {
      cursor.await(interest, deadlineNs);
    } catch (ServerDownException e) {
      if (!Deadline.isOver(deadlineNs)) {
        throw e;
      }
      // It may have had a moment only to give a sign of life: it is asked once more, in earnest.
    }
  }

  /** A server that has to be asked gets as long as for any command, whatever may be waited for. */
  private long answerDeadline(long deadlineNs) {
    long answer = System.nanoTime() + client.connection().timeoutNs();
    return deadlineNs - answer > 0 ? deadlineNs : answer;
  }

  private boolean isOwn() {
    return event.origin() == origin;
  }

  /** Gives every change that is committed already to the handler, as {@code Watch.drain} says. */
  <K, V> long drain(Namespace<K, V> as, ChangeHandler<? super K, ? super V> handler) {
    acquire(Deadline.after(null));
    try {
      openCursor();
      projection.forget();
      long count = 0;
      long end = client.connection().revision();
      while (cursor.position() < end && cursor.next(event)) {
        position = event.revision();
        while (projection.nextChange()) {
          hand(as.types, handler);
          count++;
        }
      }
      return count;
    } catch (SessionLostException e) {
      throw lostOr(e);
    } finally {
      release();
    }
  }

  private <K, V> void hand(Types<K, V> types, ChangeHandler<? super K, ? super V> handler) {
    reads.atLeast(event.revision());
    projection.hand(types, handler);
    checkOpen();
  }

  /**
   * Skips everything that is committed already. A feed whose maps are asked for takes the current
   * one at once, so that it depends on nothing that the journal may have lost.
   */
  void goLive() {
    acquire(Deadline.after(null));
    try {
      if (mapIsWanted) {
        View now = namespace.replica.current();
        jump(now.revision(), now.map());
      } else {
        jump(client.connection().revision(), null);
      }
    } catch (SessionLostException e) {
      throw lostOr(e);
    } finally {
      release();
    }
  }

  private void jump(long to, PersistentMap mapThere) {
    if (to > position || !projection.hasMap()) {
      position = to;
      if (mapThere == null) {
        projection.forget();
      } else {
        projection.jump(mapThere);
      }
      if (cursor != null) {
        cursor.seek(to);
      }
    }
  }

  private void open() {
    openCursor();
    mapIsWanted = true;
    if (!projection.hasMap()) {
      projection.jump(namespace.replica.at(position));
    }
  }

  private void openCursor() {
    if (cursor == null) {
      client.register(this);
      cursor = client.borrowCursor(position);
    }
  }

  private boolean acquire(long deadlineNs) {
    checkOpen();
    if (!lock.tryLock() && !lockUntil(deadlineNs)) {
      return false;
    }
    if (closed || client.isReplaced()) {
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

  private void release() {
    lock.unlock();
    if (closed || client.isReplaced()) {
      freeCursor();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new ClosedException("a watcher of " + namespace + " was closed");
    }
    String replacement = client.connection().replacement();
    if (replacement != null) {
      throw Replaced.history(replacement, position);
    }
  }

  /** What a watcher is told when a command that it needed has failed. */
  private ZProcException lostOr(SessionLostException failed) {
    checkOpen();
    return failed;
  }

  private void checkInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted();
    }
  }

  private ZProcException interrupted() {
    return SignalDelivery.interrupted("interrupted while waiting for a change of " + namespace);
  }

  /** Makes a waiting thread look at what it waits for. */
  void wakeUp() {
    EventCursor open = cursor;
    if (open != null) {
      open.wakeUp();
    }
  }

  /** Ends this feed; a thread that waits in it is woken and throws {@link ClosedException}. */
  void close() {
    closed = true;
    wakeUp();
    freeCursor();
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
    freeCursor();
    if (Uninterruptibly.await(() -> lock.tryLock(CLOSE_WAIT_MS, TimeUnit.MILLISECONDS))) {
      release();
    }
  }

  /** Gives the cursor back unless a thread is using it, which will then do so itself. */
  private void freeCursor() {
    if (lock.isHeldByCurrentThread() || !lock.tryLock()) {
      return;
    }
    try {
      if (cursor != null) {
        client.unregister(this);
        client.giveBack(cursor);
        cursor = null;
        projection.forget();
      }
    } finally {
      lock.unlock();
    }
  }
}
