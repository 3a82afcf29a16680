package io.zproc.internal.state;

import io.zproc.internal.collect.Entry;
import io.zproc.internal.collect.PersistentMap;
import io.zproc.internal.protocol.ChangeKind;
import io.zproc.internal.protocol.Event;

/** Applies events to an encoded map. */
final class Changes {
  private Changes() {}

  /** Applies a whole event; returns the builder to go on with. */
  static PersistentMap.Builder apply(PersistentMap.Builder map, Event event, int namespace) {
    PersistentMap.Builder result = map;
    while (event.nextChange()) {
      if (event.namespace() == namespace) {
        result = applyChange(result, event);
      }
    }
    return result;
  }

  private static PersistentMap.Builder applyChange(PersistentMap.Builder map, Event event) {
    switch (event.kind()) {
      case ChangeKind.PUT:
        return map.put(entry(event));
      case ChangeKind.REMOVE:
        return map.remove(event.key(), hash(event));
      case ChangeKind.CLEAR:
        return PersistentMap.builder();
      default:
        return map;
    }
  }

  /** The map as the current change leaves it. */
  static PersistentMap applyChange(PersistentMap map, Event event) {
    switch (event.kind()) {
      case ChangeKind.PUT:
        return map.with(entry(event));
      case ChangeKind.REMOVE:
        return map.without(event.key(), hash(event));
      case ChangeKind.CLEAR:
        return PersistentMap.empty();
      default:
        return map;
    }
  }

  /**
   * Applies a whole event to a map whose entries may already be newer than it: such entries stay.
   */
  static PersistentMap applyToNewer(PersistentMap map, Event event, int namespace) {
    PersistentMap result = map;
    while (event.nextChange()) {
      if (event.namespace() == namespace) {
        result = applyChangeToNewer(result, event);
      }
    }
    return result;
  }

  private static PersistentMap applyChangeToNewer(PersistentMap map, Event event) {
    if (event.kind() == ChangeKind.CLEAR) {
      return withoutOlder(map, event.revision());
    }
    if (event.kind() != ChangeKind.PUT && event.kind() != ChangeKind.REMOVE) {
      return map;
    }
    Entry there = map.get(event.array(), event.keyOffset(), event.keyLength(), hash(event));
    boolean newer = there != null && there.version > event.revision();
    return newer ? map : applyChange(map, event);
  }

  private static PersistentMap withoutOlder(PersistentMap map, long revision) {
    PersistentMap.Builder kept = PersistentMap.builder();
    for (Entry entry : map) {
      if (entry.version >= revision) {
        kept.put(entry);
      }
    }
    return kept.build();
  }

  /** The entry that the current change, a PUT, makes. */
  static Entry entry(Event event) {
    return new Entry(event.key(), hash(event), event.value(), event.revision());
  }

  /** As above, in place of an entry of the same key, or null: what they can share they do. */
  static Entry entry(Event event, Entry before) {
    if (before == null) {
      return entry(event);
    }
    Entry entry = new Entry(before.key, before.hash, event.value(), event.revision());
    entry.decodedKey = before.decodedKey;
    return entry;
  }

  /** The hash of the key of the current change. */
  static int hash(Event event) {
    return PersistentMap.hash(event.array(), event.keyOffset(), event.keyLength());
  }
}
