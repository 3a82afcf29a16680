package io.zproc.internal.state;

import io.zproc.internal.collect.Entry;
import io.zproc.internal.collect.PersistentMap;

/**
 * The map behind one change, made when somebody asks for it: most who watch look at the change
 * only. It leads back to one that is made; {@link MovingMap} keeps that way short. Thread-safe: two
 * threads may make it at once and either result stays.
 */
final class LazyMap {
  /** Null for one that was made from the start. */
  private final LazyMap before;

  /** What the change took away and what it brought; null for nothing. */
  private final Entry from;

  private final Entry to;
  private volatile PersistentMap made;

  LazyMap(PersistentMap made) {
    this(null, null, null);
    this.made = made;
  }

  LazyMap(LazyMap before, Entry from, Entry to) {
    this.before = before;
    this.from = from;
    this.to = to;
  }

  PersistentMap get() {
    PersistentMap known = made;
    if (known == null) {
      known = make();
      made = known;
    }
    return known;
  }

  private PersistentMap make() {
    PersistentMap base = before.made;
    if (base != null) {
      return to != null ? base.with(to) : from != null ? base.without(from.key, from.hash) : base;
    }
    LazyMap since = newestMade();
    PersistentMap.Builder map = since.made.toBuilder();
    replay(since, map);
    return map.build();
  }

  private LazyMap newestMade() {
    LazyMap at = before;
    while (at.made == null) {
      at = at.before;
    }
    return at;
  }

  /** Applies all changes since another one, in their order. */
  private void replay(LazyMap since, PersistentMap.Builder map) {
    if (this != since) {
      before.replay(since, map);
      apply(map, from, to);
    }
  }

  static void apply(PersistentMap.Builder map, Entry from, Entry to) {
    if (to != null) {
      map.put(to);
    } else if (from != null) {
      map.remove(from.key, from.hash);
    }
  }
}
