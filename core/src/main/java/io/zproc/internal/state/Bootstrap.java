package io.zproc.internal.state;

import io.zproc.HistoryLostException;
import io.zproc.ProtocolException;
import io.zproc.codec.ByteReader;
import io.zproc.internal.collect.Entry;
import io.zproc.internal.collect.PersistentMap;
import io.zproc.internal.protocol.Event;
import io.zproc.internal.protocol.MessageType;
import io.zproc.internal.protocol.Scan;
import io.zproc.spi.EventCursor;
import io.zproc.spi.Exchange;

/**
 * Reads a whole namespace from the server while others change it.
 *
 * <p>The slices of a scan belong to different revisions, from {@code first} to {@code last}. Each
 * entry carries the revision that wrote it, so replaying the events in between, and letting those
 * entries alone that are newer than an event, gives the exact content at {@code last}.
 */
final class Bootstrap {
  private static final int SLICE_BYTES = 256 << 10;
  private static final int MAX_RESTARTS = 1000;

  private final Client client;
  private final int namespace;
  private PersistentMap.Builder entries;
  private long epoch;
  private int next;
  private long first;
  private long last;

  Bootstrap(Client client, int namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  View load() {
    for (int i = 0; i < MAX_RESTARTS; i++) {
      try {
        if (scan()) {
          return replay(entries.build());
        }
      } catch (HistoryLostException e) {
        continue;
      }
    }
    throw new ProtocolException(
        client.address()
            + " moved its entries, or trimmed its journal, "
            + MAX_RESTARTS
            + " times during one scan");
  }

  /** Returns false when the server has moved its entries meanwhile. */
  private boolean scan() {
    entries = PersistentMap.builder();
    epoch = 0;
    next = 0;
    first = -1;
    Scratch scratch = Scratch.get();
    Exchange exchange = client.borrow(scratch);
    try {
      while (next != Scan.END) {
        if (!slice(exchange)) {
          return false;
        }
      }
    } finally {
      client.giveBack(scratch, exchange);
    }
    return true;
  }

  private boolean slice(Exchange exchange) {
    exchange
        .request()
        .writeByte(MessageType.SCAN)
        .writeInt(namespace)
        .writeLong(epoch)
        .writeInt(next)
        .writeInt(SLICE_BYTES);
    ByteReader reply = client.call(exchange);
    long answered = reply.readLong();
    if (first >= 0 && answered != epoch) {
      return false;
    }
    epoch = answered;
    next = reply.readInt();
    last = reply.readLong();
    first = first < 0 ? last : first;
    for (int i = reply.readInt(); i > 0; i--) {
      long version = reply.readLong();
      entries.put(new Entry(reply.readBlob(), reply.readBlob(), version));
    }
    return true;
  }

  private View replay(PersistentMap scanned) {
    if (first == last) {
      return new View(scanned, last);
    }
    PersistentMap map = scanned;
    Event event = new Event();
    long deadline = System.nanoTime() + client.connection().timeoutNs();
    EventCursor cursor = client.cursors().borrow(first);
    try {
      while (cursor.position() < last) {
        if (cursor.next(event)) {
          map = Changes.applyToNewer(map, event, namespace);
        } else {
          Replica.awaitPublished(client, cursor, deadline);
        }
      }
    } finally {
      client.cursors().giveBack(cursor);
    }
    return new View(map, last);
  }
}
