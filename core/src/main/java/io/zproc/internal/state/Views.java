package io.zproc.internal.state;

import io.zproc.State;
import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The live views of a state. Their iterators walk over a snapshot and write through; what removes
 * by a condition is one transaction.
 */
final class Views<K, V> {
  private final StateMap<K, V> state;
  final Set<K> keys = new Keys();
  final Set<Map.Entry<K, V>> entries = new Entries();
  final Collection<V> values = new Values();

  Views(StateMap<K, V> state) {
    this.state = state;
  }

  private boolean removeIf(Predicate<? super Map.Entry<K, V>> filter) {
    return state.atomic(tx -> tx.entrySet().removeIf(filter));
  }

  private <T> Iterator<T> iterator(Function<Map.Entry<K, V>, T> part) {
    return new ViewIterator<>(state, state.copy().entrySet().iterator(), part);
  }

  private final class Keys extends AbstractSet<K> {
    @Override
    public int size() {
      return state.size();
    }

    @Override
    public boolean contains(Object key) {
      return state.containsKey(key);
    }

    @Override
    public boolean remove(Object key) {
      return state.map().removeKey(key);
    }

    @Override
    public boolean removeIf(Predicate<? super K> filter) {
      return Views.this.removeIf(entry -> filter.test(entry.getKey()));
    }

    @Override
    public boolean removeAll(Collection<?> c) {
      return removeIf(c::contains);
    }

    @Override
    public boolean retainAll(Collection<?> c) {
      return removeIf(key -> !c.contains(key));
    }

    @Override
    public void clear() {
      state.clear();
    }

    @Override
    public Iterator<K> iterator() {
      return Views.this.iterator(Map.Entry::getKey);
    }
  }

  private final class Values extends AbstractCollection<V> {
    @Override
    public int size() {
      return state.size();
    }

    @Override
    public boolean contains(Object value) {
      return state.containsValue(value);
    }

    @Override
    public boolean removeIf(Predicate<? super V> filter) {
      return Views.this.removeIf(entry -> filter.test(entry.getValue()));
    }

    @Override
    public boolean removeAll(Collection<?> c) {
      return removeIf(c::contains);
    }

    @Override
    public boolean retainAll(Collection<?> c) {
      return removeIf(value -> !c.contains(value));
    }

    @Override
    public void clear() {
      state.clear();
    }

    @Override
    public Iterator<V> iterator() {
      return Views.this.iterator(Map.Entry::getValue);
    }
  }

  private final class Entries extends AbstractSet<Map.Entry<K, V>> {
    @Override
    public int size() {
      return state.size();
    }

    @Override
    public boolean contains(Object o) {
      return o instanceof Map.Entry<?, ?> entry
          && entry.getKey() != null
          && state.reads().contains(entry.getKey(), entry.getValue());
    }

    @Override
    public boolean remove(Object o) {
      return o instanceof Map.Entry<?, ?> entry
          && entry.getKey() != null
          && state.remove(entry.getKey(), entry.getValue());
    }

    @Override
    public boolean removeIf(Predicate<? super Map.Entry<K, V>> filter) {
      return Views.this.removeIf(filter);
    }

    @Override
    public boolean removeAll(Collection<?> c) {
      return removeIf(c::contains);
    }

    @Override
    public boolean retainAll(Collection<?> c) {
      return removeIf(entry -> !c.contains(entry));
    }

    @Override
    public void clear() {
      state.clear();
    }

    @Override
    public Iterator<Map.Entry<K, V>> iterator() {
      return Views.this.iterator(entry -> new WritingEntry<>(state, entry));
    }
  }

  /** Removes from the state what it gave last. */
  private static final class ViewIterator<K, V, T> implements Iterator<T> {
    private final State<K, V> state;
    private final Iterator<Map.Entry<K, V>> entries;
    private final Function<Map.Entry<K, V>, T> part;
    private K last;

    ViewIterator(
        State<K, V> state, Iterator<Map.Entry<K, V>> entries, Function<Map.Entry<K, V>, T> part) {
      this.state = state;
      this.entries = entries;
      this.part = part;
    }

    @Override
    public boolean hasNext() {
      return entries.hasNext();
    }

    @Override
    public T next() {
      Map.Entry<K, V> entry = entries.next();
      last = entry.getKey();
      return part.apply(entry);
    }

    @Override
    public void remove() {
      if (last == null) {
        throw new IllegalStateException("remove() without next()");
      }
      state.remove(last);
      last = null;
    }
  }

  /** An entry of a snapshot that writes through. */
  private static final class WritingEntry<K, V> extends AbstractMap.SimpleEntry<K, V> {
    private static final long serialVersionUID = 1L;
    private final transient State<K, V> state;

    WritingEntry(State<K, V> state, Map.Entry<K, V> entry) {
      super(entry);
      this.state = state;
    }

    @Override
    public V setValue(V value) {
      super.setValue(value);
      return state.put(getKey(), value);
    }
  }
}
