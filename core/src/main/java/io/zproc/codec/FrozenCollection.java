package io.zproc.codec;

import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Iterator;
import java.util.function.Predicate;

/** The values of a {@link FrozenMap}, which refuse to be changed. */
final class FrozenCollection<E> extends AbstractCollection<E> {
  private final Collection<E> delegate;

  FrozenCollection(Collection<E> delegate) {
    this.delegate = delegate;
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
}
