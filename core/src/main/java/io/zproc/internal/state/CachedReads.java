package io.zproc.internal.state;

import io.zproc.codec.PlainNumbers;
import io.zproc.internal.collect.Entry;
import java.util.concurrent.atomic.AtomicBoolean;

/** Reads the copy that a {@link Follower} keeps. */
final class CachedReads<K, V> implements Reads<K, V> {
  private final Namespace<K, V> namespace;
  private final Types<K, V> types;
  private final Follower follower;
  private final SharedView shared;
  private final AtomicBoolean closed = new AtomicBoolean();

  CachedReads(Namespace<K, V> namespace) {
    this.namespace = namespace;
    this.types = namespace.types;
    this.follower = namespace.followers.join();
    this.shared = follower.shared();
  }

  private Entry find(Object key) {
    KeyRef ref = namespace.keys.find(key);
    return ref == null ? null : ref.in(shared.view().map());
  }

  @Override
  public V get(Object key, V ifAbsent) {
    Entry entry = find(key);
    return entry == null ? ifAbsent : types.value(entry);
  }

  @Override
  public boolean containsKey(Object key) {
    return find(key) != null;
  }

  @Override
  public boolean contains(Object key, Object value) {
    Entry entry = find(key);
    return entry != null && Immutables.areEqual(types.value(entry), value);
  }

  @Override
  public long getLong(K key, long ifAbsent) {
    Entry entry = namespace.keys.of(key).in(shared.view().map());
    if (entry == null) {
      return ifAbsent;
    }
    return types.takesLongs()
        ? PlainNumbers.decodeLong(entry.value, 0, entry.value.length)
        : ((Number) types.value(entry)).longValue();
  }

  @Override
  public int getBytes(K key, byte[] target) {
    Entry entry = namespace.keys.of(key).in(shared.view().map());
    return entry == null ? -1 : Binary.copy(types, key, entry.value, entry.value.length, target);
  }

  @Override
  public int size() {
    return shared.view().map().size();
  }

  @Override
  public View view() {
    return shared.view();
  }

  @Override
  public long revision() {
    return shared.view().revision();
  }

  @Override
  public void atLeast(long revision) {
    shared.atLeast(revision);
  }

  @Override
  public Reads<K, V> of(Namespace<K, V> other) {
    return new CachedReads<>(other);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      namespace.followers.leave(follower);
    }
  }
}
