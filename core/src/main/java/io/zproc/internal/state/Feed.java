package io.zproc.internal.state;

import io.zproc.ChangeHandler;
import io.zproc.ClosedException;
import io.zproc.SessionLostException;
import io.zproc.internal.collect.PersistentMap;
import io.zproc.internal.protocol.Event;
import io.zproc.internal.protocol.Interest;
import java.util.function.BooleanSupplier;

/**
 * Goes through the journal from commit to commit of one namespace, with the map at each.
 *
 * <p>Until it is first used there is neither cursor nor map. The map is also dropped when the
 * position jumps, and made anew when next needed.
 *
 * <p>Thread-safe: threads take turns, each {@link ExclusiveCursor holding the cursor}, which guards
 * all that is written here.
 */
final class Feed {
  private final Namespace<?, ?> namespace;
  private final Client client;
  private final long origin;
  private final Reads<?, ?> reads;
  private final Event event = new Event();
  private final Projection projection;
  private final ExclusiveCursor cursor;
  private boolean mapIsWanted;

  /** A feed of the state that commits so: those commits are its own. */
  Feed(Commits<?, ?> commits, long position) {
    this.namespace = commits.namespace;
    this.client = namespace.client;
    this.origin = commits.origin;
    this.reads = commits.reads;
    this.projection = new Projection(namespace.number, event);
    this.cursor = new ExclusiveCursor(namespace, position, projection::forget);
  }

  /** A feed that begins at a view, which spares it to make the map. */
  static Feed at(Commits<?, ?> commits, View view) {
    Feed feed = new Feed(commits, view.revision());
    feed.projection.jump(view.map());
    return feed;
  }

  long position() {
    return cursor.position();
  }

  boolean isClosed() {
    return cursor.isClosed();
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
    if (!cursor.acquire(deadlineNs)) {
      return null;
    }
    try {
      return takeHolding(as, filter, deadlineNs, cancelled);
    } catch (SessionLostException e) {
      throw cursor.lostOr(e);
    } finally {
      cursor.release();
    }
  }

  private <K, V> UpdateImpl<K, V> takeHolding(
      Namespace<K, V> as, Filter filter, long deadlineNs, BooleanSupplier cancelled) {
    open();
    int interest = filter.interest();
    while (!cancelled.getAsBoolean()) {
      cursor.checkOpen();
      long answerNs = answerDeadline(deadlineNs);
      while (cursor.next(event, answerNs)) {
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
      cursor.await(interest, deadlineNs);
    }
    return null;
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
    cursor.acquire(Deadline.after(null));
    try {
      cursor.open();
      projection.forget();
      long count = 0;
      long end = client.connection().revision();
      while (cursor.position() < end && cursor.next(event)) {
        while (projection.nextChange()) {
          hand(as.types, handler);
          count++;
        }
      }
      return count;
    } catch (SessionLostException e) {
      throw cursor.lostOr(e);
    } finally {
      cursor.release();
    }
  }

  private <K, V> void hand(Types<K, V> types, ChangeHandler<? super K, ? super V> handler) {
    reads.atLeast(event.revision());
    projection.hand(types, handler);
    cursor.checkOpen();
  }

  /**
   * Skips everything that is committed already. A feed whose maps are asked for takes the current
   * one at once, so that it depends on nothing that the journal may have lost.
   */
  void goLive() {
    cursor.acquire(Deadline.after(null));
    try {
      if (mapIsWanted) {
        View now = namespace.replica.current();
        jump(now.revision(), now.map());
      } else {
        jump(client.connection().revision(), null);
      }
    } catch (SessionLostException e) {
      throw cursor.lostOr(e);
    } finally {
      cursor.release();
    }
  }

  private void jump(long to, PersistentMap mapThere) {
    if (to > cursor.position() || !projection.hasMap()) {
      if (mapThere == null) {
        projection.forget();
      } else {
        projection.jump(mapThere);
      }
      cursor.seek(to);
    }
  }

  private void open() {
    cursor.open();
    mapIsWanted = true;
    if (!projection.hasMap()) {
      projection.jump(namespace.replica.at(cursor.position()));
    }
  }

  /** Makes a waiting thread look at what it waits for. */
  void wakeUp() {
    cursor.wakeUp();
  }

  /** Ends this feed; a thread that waits in it is woken and throws {@link ClosedException}. */
  void close() {
    cursor.close();
  }
}
