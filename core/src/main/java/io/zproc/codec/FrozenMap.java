package io.zproc.codec;

import java.io.Serializable;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A decoded map in the order of the data, which refuses to be changed. */
final class FrozenMap<K, V> extends AbstractMap<K, V> implements Serializable {
  static final Map<Object, Object> EMPTY = new FrozenMap<>(new LinkedHashMap<>());

  private final Map<K, V> delegate;

  /** Takes the map over. */
  FrozenMap(Map<K, V> delegate) {
    this.delegate = delegate;
  }

  @Override
  public V get(Object key) {
    return delegate.get(key);
  }

  @Override
  public boolean containsKey(Object key) {
    return delegate.containsKey(key);
  }

  @Override
  public int size() {
    return delegate.size();
  }

  @Override
  public Set<K> keySet() {
    return new FrozenSet<>(delegate.keySet());
  }

  @Override
  public Collection<V> values() {
    return new FrozenCollection<>(delegate.values());
  }

  @Override
  public Set<Entry<K, V>> entrySet() {
    return new FrozenSet<>(new Entries<>(delegate.entrySet()));
  }

  @Override
  public V put(K key, V value) {
    throw Frozen.refusal();
  }

  @Override
  public void putAll(Map<? extends K, ? extends V> added) {
    throw Frozen.refusal();
  }

  @Override
  public V putIfAbsent(K key, V value) {
    throw Frozen.refusal();
  }

  @Override
  public void clear() {
    throw Frozen.refusal();
  }

  @Override
  public V remove(Object key) {
    throw Frozen.refusal();
  }

  @Override
  public boolean remove(Object key, Object value) {
    throw Frozen.refusal();
  }

  @Override
  public V replace(K key, V value) {
    throw Frozen.refusal();
  }

  @Override
  public boolean replace(K key, V oldValue, V newValue) {
    throw Frozen.refusal();
  }

  @Override
  public void replaceAll(BiFunction<? super K, ? super V, ? extends V> function) {
    throw Frozen.refusal();
  }

  @Override
  public V computeIfAbsent(K key, Function<? super K, ? extends V> function) {
    throw Frozen.refusal();
  }

  @Override
  public V computeIfPresent(K key, BiFunction<? super K, ? super V, ? extends V> function) {
    throw Frozen.refusal();
  }

  @Override
  public V compute(K key, BiFunction<? super K, ? super V, ? extends V> function) {
    throw Frozen.refusal();
  }

  @Override
  public V merge(K key, V value, BiFunction<? super V, ? super V, ? extends V> function) {
    throw Frozen.refusal();
  }

  /** The entries, each of which refuses {@code setValue}. */
  private static final class Entries<K, V> extends AbstractSet<Entry<K, V>> {
    private final Set<Entry<K, V>> delegate;

    Entries(Set<Entry<K, V>> delegate) {
      this.delegate = delegate;
    }

    @Override
    public boolean contains(Object entry) {
      return delegate.contains(entry);
    }

    @Override
    public int size() {
      return delegate.size();
    }

    @Override
    public Iterator<Entry<K, V>> iterator() {
      Iterator<Entry<K, V>> entries = delegate.iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return entries.hasNext();
        }

        @Override
        public Entry<K, V> next() {
          return new FrozenEntry<>(entries.next());
        }
      };
    }
  }

  private static final class FrozenEntry<K, V> extends SimpleImmutableEntry<K, V> {
    private static final long serialVersionUID = 1L;

    FrozenEntry(Entry<K, V> entry) {
      super(entry);
    }

    @Override
    public V setValue(V value) {
      throw Frozen.refusal();
    }
  }

  /** Serialized as a collection of Java, so that results of processes may hold it. */
  private Object writeReplace() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(this));
  }
}
