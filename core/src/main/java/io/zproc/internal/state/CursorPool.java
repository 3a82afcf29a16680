package io.zproc.internal.state;

import io.zproc.spi.EventCursor;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The journal cursors of one client: those that wait to be used again, and who waits with one.
 * Thread-safe.
 *
 * <p>Who borrows one or gives it back looks afterwards whether the client has ended; who ends the
 * client looks afterwards who waits and what is idle: so that one of them sees the other.
 */
final class CursorPool {
  private static final int MAX_IDLE = 16;

  private final Client client;
  private final Set<ExclusiveCursor> users = ConcurrentHashMap.newKeySet();
  private final ArrayBlockingQueue<EventCursor> idle = new ArrayBlockingQueue<>(MAX_IDLE);

  CursorPool(Client client) {
    this.client = client;
  }

  /** A cursor behind that revision, to be given back. */
  EventCursor borrow(long after) {
    client.checkOpen();
    EventCursor cursor = idle.poll();
    if (cursor == null) {
      return client.connection().events(after);
    }
    cursor.seek(after);
    return cursor;
  }

  /** As {@link #borrow(long)}, for one who may wait and is then told when the client ends. */
  EventCursor borrow(ExclusiveCursor user, long after) {
    users.add(user);
    if (isOver()) {
      users.remove(user);
      client.checkOpen();
      client.checkSame();
    }
    return borrow(after);
  }

  void giveBack(EventCursor cursor) {
    if (!idle.offer(cursor)) {
      cursor.close();
    }
    if (isOver()) {
      closeIdle();
    }
  }

  void giveBack(ExclusiveCursor user, EventCursor cursor) {
    users.remove(user);
    giveBack(cursor);
  }

  private boolean isOver() {
    return client.isClosed() || client.isReplaced();
  }

  void wakeAll() {
    users.forEach(ExclusiveCursor::wakeUp);
  }

  /** When the client is closed or replaced: returns when nobody waits any more. */
  void endAndWait() {
    users.forEach(ExclusiveCursor::endAndWait);
  }

  void closeIdle() {
    for (EventCursor cursor = idle.poll(); cursor != null; cursor = idle.poll()) {
      cursor.close();
    }
  }
}
