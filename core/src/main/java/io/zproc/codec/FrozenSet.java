package io.zproc.codec;

import java.io.Serializable;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** A decoded set in the order of the data, which refuses to be changed. */
final class FrozenSet<E> extends FrozenCollection<E> implements Set<E>, Serializable {
  static final Set<Object> EMPTY = new FrozenSet<>(new HashSet<>());

  /** Takes the set over. */
  FrozenSet(Set<E> delegate) {
    super(delegate);
  }

  @Override
  public boolean equals(Object other) {
    return other == this || delegate.equals(other);
  }

  @Override
  public int hashCode() {
    return delegate.hashCode();
  }

  /** Serialized as a collection of Java, so that results of processes may hold it. */
  private Object writeReplace() {
    return Collections.unmodifiableSet(new LinkedHashSet<>(this));
  }
}
