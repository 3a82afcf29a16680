package io.zproc.codec;

import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Iterator;
import java.util.function.Predicate;

/**
 * A view of a collection, such as the values of a {@link FrozenMap}, which refuses to be changed.
 */
class FrozenCollection<E> extends AbstractCollection<E> {
  final Collection<E> delegate;

  FrozenCollection(Collection<E> delegate) {
    this.delegate = delegate;
  }

  @Override
  public Iterator<E> iterator() {
    return new FrozenIterator<>(delegate.iterator());
  }

  @Override
  public boolean contains(Object element) {
    return delegate.contains(element);
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
}
