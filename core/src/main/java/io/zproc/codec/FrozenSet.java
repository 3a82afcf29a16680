package io.zproc.codec;

import java.io.Serializable;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/** A decoded set in the order of the data, which refuses to be changed. */
final class FrozenSet<E> extends AbstractSet<E> implements Serializable {
  static final Set<Object> EMPTY = new FrozenSet<>(new HashSet<>());

  private final Set<E> delegate;

  /** Takes the set over. */
  FrozenSet(Set<E> delegate) {
    this.delegate = delegate;
  }

  @Override
  public boolean contains(Object element) {
    return delegate.contains(element);
  }

  @Override
  public Iterator<E> iterator() {
    return new FrozenIterator<>(delegate.iterator());
  }

  @Override
  public int size() {
    return delegate.size();
  }

  @Override
  public boolean add(E element) {
    throw Frozen.refusal();
  }

  @Override
  public boolean addAll(Collection<? extends E> added) {
    throw Frozen.refusal();
  }

  @Override
  public void clear() {
    throw Frozen.refusal();
  }

  @Override
  public boolean remove(Object element) {
    throw Frozen.refusal();
  }

  @Override
  public boolean removeAll(Collection<?> removed) {
    throw Frozen.refusal();
  }

  @Override
  public boolean removeIf(Predicate<? super E> filter) {
    throw Frozen.refusal();
  }

  @Override
  public boolean retainAll(Collection<?> kept) {
    throw Frozen.refusal();
  }

  /** Serialized as a collection of Java, so that results of processes may hold it. */
  private Object writeReplace() {
    return Collections.unmodifiableSet(new LinkedHashSet<>(this));
  }
}
