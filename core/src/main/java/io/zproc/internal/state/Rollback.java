package io.zproc.internal.state;

import io.zproc.HistoryLostException;
import io.zproc.internal.collect.Entry;
import io.zproc.internal.collect.PersistentMap;
import io.zproc.internal.protocol.ChangeKind;
import io.zproc.internal.protocol.Event;
import io.zproc.spi.EventCursor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/*
 * A watcher costs nothing until it is first asked: it is only the revision R at which it began.
 * Then it needs the map at R, while the replica is at some later revision S. Each change in the
 * journal names the revision that had written the value before it. So the first change of a key
 * behind R says what the key was at R: absent, or the value in that earlier event, which is fetched
 * with a second cursor. Keys without a change behind R are as in the replica. The cost is that of
 * the events between R and S.
 *
 * Clearing a namespace records only how many keys went. With one of those between R and S, the map
 * is built by applying everything from the beginning of the journal up to R.
 */

/** Takes a map back to an earlier revision. For one use, by one thread. */
final class Rollback {
  /** A key whose value at the target revision is in the event of an earlier one. */
  private record Earlier(KeyRef key, long version) {}

  private final Client client;
  private final int namespace;
  private final Event event = new Event();
  private final Set<KeyRef> seen = new HashSet<>();
  private final List<Earlier> earlier = new ArrayList<>();

  Rollback(Client client, int namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /**
   * @throws HistoryLostException when the journal no longer holds an event that is needed
   */
  PersistentMap run(View from, long target) {
    EventCursor cursor = client.cursors().borrow(target);
    try {
      if (!collect(cursor, from.revision())) {
        return replay(cursor, target);
      }
      return restore(cursor, from.map());
    } finally {
      client.cursors().giveBack(cursor);
    }
  }

  /** Notes the first change of each key; returns false when the namespace was cleared. */
  private boolean collect(EventCursor cursor, long end) {
    while (cursor.position() < end) {
      advance(cursor);
      while (event.nextChange()) {
        if (event.namespace() == namespace && !note()) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean note() {
    if (event.kind() == ChangeKind.CLEAR) {
      return false;
    }
    if (event.kind() == ChangeKind.PUT || event.kind() == ChangeKind.REMOVE) {
      KeyRef key = new KeyRef(event.key(), Changes.hash(event));
      if (seen.add(key)) {
        earlier.add(new Earlier(key, event.previousVersion()));
      }
    }
    return true;
  }

  private PersistentMap restore(EventCursor cursor, PersistentMap from) {
    PersistentMap.Builder map = from.toBuilder();
    for (Earlier value : earlier) {
      if (value.version == 0) {
        map.remove(value.key.bytes, value.key.hash);
      } else {
        map.put(fetch(cursor, value.key, value.version));
      }
    }
    return map.build();
  }

  /** The entry that an earlier event made; the last one, should it have written the key twice. */
  private Entry fetch(EventCursor cursor, KeyRef key, long version) {
    cursor.seek(version - 1);
    advanceKept(cursor);
    Entry found = null;
    while (event.nextChange()) {
      boolean isPut = event.namespace() == namespace && event.kind() == ChangeKind.PUT;
      if (isPut && RecentKeys.isKey(key.bytes, event)) {
        found = new Entry(key.bytes, key.hash, event.value(), version);
      }
    }
    if (found == null) {
      throw new HistoryLostException(
          "revision " + version + " of " + client.address() + " lacks the key it wrote");
    }
    return found;
  }

  private PersistentMap replay(EventCursor cursor, long target) {
    PersistentMap.Builder map = PersistentMap.builder();
    cursor.seek(0);
    while (cursor.position() < target) {
      advanceKept(cursor);
      map = Changes.apply(map, event, namespace);
    }
    return map.build();
  }

  /** Moves to the next event, which is known to be committed. */
  private void advance(EventCursor cursor) {
    long deadline = System.nanoTime() + client.connection().timeoutNs();
    while (!cursor.next(event)) {
      Replica.awaitPublished(client, cursor, deadline);
    }
  }

  /** As {@link #advance}, on what is left of events that are older than the journal. */
  private void advanceKept(EventCursor cursor) {
    long deadline = System.nanoTime() + client.connection().timeoutNs();
    while (!cursor.nextKept(event)) {
      Replica.awaitPublished(client, cursor, deadline);
    }
  }
}
