package io.zproc.internal.state;

import io.zproc.internal.collect.Entry;
import io.zproc.internal.collect.PersistentMap;
import io.zproc.internal.protocol.Event;

/**
 * The map at a position that goes from change to change. It changes in place, and what it was at
 * each change can still be made from the {@link LazyMap}s left behind. One thread at a time.
 */
final class MovingMap {
  /** So many changes, or so many bytes of values, may lie between two maps that are made. */
  private static final int MAX_CHANGES = 256;

  private static final int MAX_BYTES = 64 << 10;

  private PersistentMap.Builder current;
  private LazyMap last;
  private int changes;
  private long bytes;

  MovingMap(PersistentMap map) {
    jump(map);
  }

  /** The map as it is now. */
  LazyMap last() {
    return last;
  }

  /** Goes to another map. */
  LazyMap jump(PersistentMap map) {
    current = map.toBuilder();
    return keep(new LazyMap(map));
  }

  private LazyMap keep(LazyMap map) {
    last = map;
    changes = 0;
    bytes = 0;
    return map;
  }

  /** The entry of the key of the current change, or null. */
  Entry get(Event event) {
    return current.get(event.array(), event.keyOffset(), event.keyLength(), Changes.hash(event));
  }

  /** Replaces one entry by another one of the same key; null stands for none. */
  LazyMap change(Entry from, Entry to) {
    LazyMap.apply(current, from, to);
    bytes += to == null ? 0 : to.value.length;
    if (++changes == MAX_CHANGES || bytes > MAX_BYTES) {
      // One that leads back to no other, so that those before it can be collected.
      return keep(new LazyMap(current.build()));
    }
    last = new LazyMap(last, from, to);
    return last;
  }
}
