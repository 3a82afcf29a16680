package io.zproc.internal.state;

import io.zproc.ChangeHandler;
import io.zproc.codec.ByteReader;
import io.zproc.internal.collect.Entry;
import io.zproc.internal.collect.PersistentMap;
import io.zproc.internal.protocol.ChangeKind;
import io.zproc.internal.protocol.Event;
import java.util.Collection;
import java.util.LinkedHashSet;

/**
 * The map of one namespace, which goes from event to event, and what each event is to those who
 * watch. One thread at a time.
 */
final class Projection {
  private final int namespace;
  private final Event event;
  private final ByteReader reader = new ByteReader();
  private final RecentKeys recentKeys = new RecentKeys();

  /** Null while it is not known. */
  private MovingMap map;

  /**
   * @param event where the caller puts each event
   */
  Projection(int namespace, Event event) {
    this.namespace = namespace;
    this.event = event;
  }

  boolean hasMap() {
    return map != null;
  }

  /** Goes to another map. */
  void jump(PersistentMap to) {
    map = new MovingMap(to);
  }

  /** Forgets the map, until the next jump. */
  void forget() {
    map = null;
  }

  /** Applies the event; returns null when it does not concern the namespace. */
  <K, V> UpdateImpl<K, V> apply(Types<K, V> types) {
    MovingMap moving = map;
    // Should this fail on the way, the map is made anew.
    map = null;
    UpdateImpl<K, V> update =
        event.changes() == 1 ? applyOne(moving, types) : applyMany(moving, types);
    map = moving;
    return update;
  }

  private <K, V> UpdateImpl<K, V> applyOne(MovingMap moving, Types<K, V> types) {
    if (!nextChange()) {
      return null;
    }
    LazyMap before = moving.last();
    if (event.kind() == ChangeKind.CLEAR) {
      return update(types, before, moving.jump(PersistentMap.empty()), null);
    }
    Entry from = moving.get(event);
    Entry to = event.kind() == ChangeKind.PUT ? Changes.entry(event, from) : null;
    LazyMap after = moving.change(from, to);
    return new UpdateImpl<>(types, before, after, event.revision(), event.timestampNs(), from, to);
  }

  private <K, V> UpdateImpl<K, V> applyMany(MovingMap moving, Types<K, V> types) {
    LazyMap before = moving.last();
    PersistentMap after = null;
    Collection<KeyRef> touched = new LinkedHashSet<>();
    boolean cleared = false;
    while (nextChange()) {
      after = Changes.applyChange(after == null ? before.get() : after, event);
      cleared |= event.kind() == ChangeKind.CLEAR;
      if (!cleared) {
        touched.add(new KeyRef(event.key(), Changes.hash(event)));
      }
    }
    return after == null
        ? null
        : update(types, before, moving.jump(after), cleared ? null : touched);
  }

  private <K, V> UpdateImpl<K, V> update(
      Types<K, V> types, LazyMap before, LazyMap after, Collection<KeyRef> touched) {
    return new UpdateImpl<>(types, before, after, event.revision(), event.timestampNs(), touched);
  }

  /** Goes to the event's next change of the namespace; returns false behind the last. */
  boolean nextChange() {
    while (event.nextChange()) {
      if (event.namespace() == namespace && isChange()) {
        return true;
      }
    }
    return false;
  }

  private boolean isChange() {
    byte kind = event.kind();
    return kind == ChangeKind.PUT || kind == ChangeKind.REMOVE || kind == ChangeKind.CLEAR;
  }

  /** Gives the change at hand to the handler. The map does not follow. */
  <K, V> void hand(Types<K, V> types, ChangeHandler<? super K, ? super V> handler) {
    K key = event.kind() == ChangeKind.CLEAR ? null : types.key(recentKeys.of(event));
    V value = null;
    if (event.kind() == ChangeKind.PUT) {
      int offset = event.valueOffset();
      value = types.decode(reader, event.array(), offset, event.valueLength());
    }
    handler.onChange(event.revision(), key, value, event.kind() == ChangeKind.PUT);
  }
}
