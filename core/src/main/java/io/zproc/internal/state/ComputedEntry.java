package io.zproc.internal.state;

import java.util.Map;
import java.util.Objects;

/** An entry that gets its key and value from elsewhere when it is asked; equal as any entry is. */
abstract class ComputedEntry<K, V> implements Map.Entry<K, V> {
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
