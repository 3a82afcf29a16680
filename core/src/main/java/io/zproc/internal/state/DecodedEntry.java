package io.zproc.internal.state;

import io.zproc.internal.collect.Entry;

/** An unmodifiable entry that decodes key and value when asked. */
final class DecodedEntry<K, V> extends ComputedEntry<K, V> {
  private final Types<K, V> types;
  private final Entry entry;

  DecodedEntry(Types<K, V> types, Entry entry) {
    this.types = types;
    this.entry = entry;
  }

  @Override
  public K getKey() {
    return types.key(entry);
  }

  @Override
  public V getValue() {
    return types.value(entry);
  }

  @Override
  public V setValue(V value) {
    throw new UnsupportedOperationException("an entry of a snapshot can not be changed");
  }
}
