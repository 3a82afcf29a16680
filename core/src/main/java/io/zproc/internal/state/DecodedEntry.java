package io.zproc.internal.state;

import io.zproc.internal.collect.Entry;
import java.util.Map;
import java.util.Objects;

/** An unmodifiable entry that decodes key and value when asked. */
final class DecodedEntry<K, V> implements Map.Entry<K, V> {
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

  @Override
  public boolean equals(Object other) {
    return other instanceof Map.Entry<?, ?> that
        && getKey().equals(that.getKey())
        && Objects.equals(getValue(), that.getValue());
  }

  @Override
  public int hashCode() {
    return getKey().hashCode() ^ Objects.hashCode(getValue());
  }

  @Override
  public String toString() {
    return getKey() + "=" + getValue();
  }
}
