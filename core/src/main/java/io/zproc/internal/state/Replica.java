package io.zproc.internal.state;

import io.zproc.HistoryLostException;
import io.zproc.ServerDownException;
import io.zproc.internal.collect.PersistentMap;
import io.zproc.internal.protocol.Event;
import io.zproc.internal.protocol.Interest;
import io.zproc.spi.Connection;
import io.zproc.spi.EventCursor;

/**
 * A client's own copy of one namespace, from which all of its snapshots are cut.
 *
 * <p>It is read from the server once, on first use, and from then on only rolled forward by the
 * events of the journal, so that a snapshot costs what has changed since the last one. When the
 * journal no longer holds what is missing, it is read from the server again.
 *
 * <p>Any thread reads {@link #latest}; only the one that holds the lock of this object moves the
 * cursor and writes {@code latest}, a volatile store of an immutable view.
 */
final class Replica {
  private final Client client;
  private final int namespace;
  private final Event event = new Event();
  private EventCursor cursor;
  private volatile View latest;

  Replica(Client client, int namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /** The namespace at a revision at or behind the newest one at the time of the call. */
  View current() {
    client.checkOpen();
    long wanted = client.connection().revision();
    View view = latest;
    return view != null && view.revision() >= wanted ? view : advance(wanted);
  }

  /**
   * The namespace as it was at a revision in the past.
   *
   * @throws HistoryLostException when the journal no longer tells
   */
  PersistentMap at(long revision) {
    View now = current();
    if (now.revision() == revision) {
      return now.map();
    }
    return new Rollback(client, namespace).run(now, revision);
  }

  private synchronized View advance(long wanted) {
    View view = latest;
    if (view == null) {
      return build();
    }
    try {
      return rollForward(view, wanted);
    } catch (HistoryLostException e) {
      return build();
    }
  }

  private View build() {
    closeCursor();
    View view = new Bootstrap(client, namespace).load();
    cursor = client.connection().events(view.revision());
    latest = view;
    return view;
  }

  /** Begins where the last view is: behind the cursor, should an attempt have failed on the way. */
  private View rollForward(View view, long wanted) {
    if (cursor.position() != view.revision()) {
      cursor.seek(view.revision());
    }
    PersistentMap.Builder map = view.map().toBuilder();
    long deadline = System.nanoTime() + client.connection().timeoutNs();
    while (cursor.position() < wanted) {
      if (cursor.next(event)) {
        map = Changes.apply(map, event, namespace);
      } else {
        awaitPublished(client, cursor, deadline);
      }
    }
    View rolled = new View(map.build(), cursor.position());
    latest = rolled;
    return rolled;
  }

  /** Waits for an event that is known to be committed, so that it is about to be readable. */
  static void awaitPublished(Client client, EventCursor cursor, long deadline) {
    client.checkOpen();
    if (!cursor.await(Interest.EVERYTHING, deadline) && Deadline.isOver(deadline)) {
      Connection connection = client.connection();
      throw new ServerDownException(
          "the event after revision "
              + cursor.position()
              + " of "
              + connection.address()
              + " is committed, but did not come within "
              + connection.timeoutNs() / 1_000_000
              + " ms");
    }
  }

  synchronized void close() {
    closeCursor();
    latest = null;
  }

  private void closeCursor() {
    if (cursor != null) {
      cursor.close();
      cursor = null;
    }
  }
}
