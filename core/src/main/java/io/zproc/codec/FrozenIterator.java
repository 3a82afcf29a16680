package io.zproc.codec;

import java.util.Iterator;

/** An iterator over a decoded collection, which refuses to remove. */
final class FrozenIterator<E> implements Iterator<E> {
  private final Iterator<? extends E> delegate;

  FrozenIterator(Iterator<? extends E> delegate) {
    this.delegate = delegate;
  }

  @Override
  public boolean hasNext() {
    return delegate.hasNext();
  }

  @Override
  public E next() {
    return delegate.next();
  }

  @Override
  public void remove() {
    throw Frozen.refusal();
  }
}
