package io.zproc.tcp.internal.gateway;

import io.zproc.internal.protocol.Event;
import io.zproc.spi.Connection;
import io.zproc.spi.EventCursor;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads events for all remote watchers by a few cursors: each event by the cursor that is there
 * already, or else by the one that was not used for the longest time. The gateway's thread only.
 */
final class JournalReaders implements AutoCloseable {
  private static final int CURSORS = 8;

  private static final class Reader {
    final EventCursor cursor;
    final Event event = new Event();
    long loaded;
    long usedAt;

    Reader(EventCursor cursor) {
      this.cursor = cursor;
    }
  }

  private final Connection connection;
  private final List<Reader> readers = new ArrayList<>();
  private long uses;

  JournalReaders(Connection connection) {
    this.connection = connection;
  }

  /**
   * The event of a revision, valid until the next call; null if it is not published yet.
   *
   * @throws io.zproc.HistoryLostException when the journal no longer holds it
   */
  Event read(long revision) {
    Reader reader = choose(revision);
    reader.usedAt = ++uses;
    if (reader.loaded == revision) {
      return reader.event.rewind();
    }
    reader.loaded = 0;
    reader.cursor.seek(revision - 1);
    if (!reader.cursor.next(reader.event)) {
      return null;
    }
    reader.loaded = revision;
    return reader.event;
  }

  /**
   * What is left of the next commit behind a revision, see {@link EventCursor#nextKept}; valid
   * until the next call, null if nothing is published.
   */
  Event readKept(long after) {
    Reader reader = choose(after + 1);
    reader.usedAt = ++uses;
    reader.loaded = 0;
    reader.cursor.seek(after);
    return reader.cursor.nextKept(reader.event) ? reader.event : null;
  }

  private Reader choose(long revision) {
    Reader best = null;
    for (Reader reader : readers) {
      if (reader.loaded == revision) {
        return reader;
      }
      boolean isNext = reader.cursor.position() == revision - 1;
      if (best == null
          || isNext
          || best.cursor.position() != revision - 1 && reader.usedAt < best.usedAt) {
        best = reader;
      }
    }
    if (readers.size() < CURSORS && (best == null || best.cursor.position() != revision - 1)) {
      best = new Reader(connection.events(revision - 1));
      readers.add(best);
    }
    return best;
  }

  @Override
  public void close() {
    readers.forEach(reader -> reader.cursor.close());
  }
}
