package io.zproc.codec;

import java.io.Serializable;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A decoded list, which refuses to be changed. */
final class FrozenList<E> extends AbstractList<E> implements RandomAccess, Serializable {
  private static final List<Object> EMPTY = new FrozenList<>(new Object[0]);

  private final E[] elements;

  private FrozenList(E[] elements) {
    this.elements = elements;
  }

  /** Takes the array over. */
  static List<Object> of(Object[] elements) {
    return elements.length == 0 ? EMPTY : new FrozenList<>(elements);
  }

  @Override
  public E get(int index) {
    return elements[index];
  }

  @Override
  public int size() {
    return elements.length;
  }

  @Override
  public Object[] toArray() {
    return Arrays.copyOf(elements, elements.length, Object[].class);
  }

  @Override
  public boolean add(E element) {
    throw Frozen.refusal();
  }

  @Override
  public void add(int index, E element) {
    throw Frozen.refusal();
  }

  @Override
  public boolean addAll(Collection<? extends E> added) {
    throw Frozen.refusal();
  }

  @Override
  public boolean addAll(int index, Collection<? extends E> added) {
    throw Frozen.refusal();
  }

  @Override
  public void clear() {
    throw Frozen.refusal();
  }

  @Override
  public E remove(int index) {
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

  @Override
  public void replaceAll(UnaryOperator<E> operator) {
    throw Frozen.refusal();
  }

  @Override
  public E set(int index, E element) {
    throw Frozen.refusal();
  }

  @Override
  public void sort(Comparator<? super E> order) {
    throw Frozen.refusal();
  }

  /** Serialized as a collection of Java, so that results of processes may hold it. */
  private Object writeReplace() {
    return Collections.unmodifiableList(new ArrayList<>(this));
  }
}
