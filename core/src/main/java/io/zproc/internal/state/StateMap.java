package io.zproc.internal.state;

import io.zproc.State;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A state as a {@link java.util.concurrent.ConcurrentMap}: each method hands over to the class that
 * does the work for it, with the client that there is now. Thread-safe.
 */
abstract class StateMap<K, V> implements State<K, V> {
  private final Views<K, V> views = new Views<>(this);

  /**
   * Those of the state that is at the server's address now.
   *
   * @throws io.zproc.ClosedException when this state or its context was closed
   */
  abstract StateParts<K, V> parts();

  final Reads<K, V> reads() {
    return parts().reads;
  }

  final MapOperations<K, V> map() {
    return parts().map;
  }

  final ConditionalUpdates<K, V> conditional() {
    return parts().conditional;
  }

  @Override
  public V get(Object key) {
    return reads().get(key, null);
  }

  @Override
  public V getOrDefault(Object key, V ifAbsent) {
    return reads().get(key, ifAbsent);
  }

  @Override
  public boolean containsKey(Object key) {
    return reads().containsKey(key);
  }

  @Override
  public boolean containsValue(Object value) {
    return copy().containsValue(value);
  }

  @Override
  public int size() {
    return reads().size();
  }

  @Override
  public boolean isEmpty() {
    return size() == 0;
  }

  @Override
  public V put(K key, V value) {
    return map().put(key, value);
  }

  @Override
  public V remove(Object key) {
    return map().remove(key);
  }

  @Override
  public void putAll(Map<? extends K, ? extends V> content) {
    map().putAll(content);
  }

  @Override
  public void clear() {
    map().set(Map.of());
  }

  @Override
  public V putIfAbsent(K key, V value) {
    return conditional().putIfAbsent(key, value);
  }

  @Override
  public boolean remove(Object key, Object value) {
    return conditional().remove(key, value);
  }

  @Override
  public boolean replace(K key, V oldValue, V newValue) {
    return conditional().replace(key, oldValue, newValue);
  }

  @Override
  public V replace(K key, V value) {
    return conditional().replace(key, value);
  }

  @Override
  public V computeIfAbsent(K key, Function<? super K, ? extends V> function) {
    return conditional().computeIfAbsent(key, Objects.requireNonNull(function, "function"));
  }

  @Override
  public V computeIfPresent(K key, BiFunction<? super K, ? super V, ? extends V> function) {
    return conditional().computeIfPresent(key, Objects.requireNonNull(function, "function"));
  }

  @Override
  public V compute(K key, BiFunction<? super K, ? super V, ? extends V> function) {
    return conditional().compute(key, Objects.requireNonNull(function, "function"));
  }

  @Override
  public V merge(K key, V value, BiFunction<? super V, ? super V, ? extends V> function) {
    Objects.requireNonNull(value, "value");
    return conditional().merge(key, value, Objects.requireNonNull(function, "function"));
  }

  @Override
  public void replaceAll(BiFunction<? super K, ? super V, ? extends V> function) {
    atomic(
        tx -> {
          tx.replaceAll(function);
          return null;
        });
  }

  @Override
  public Set<K> keySet() {
    return views.keys;
  }

  @Override
  public Set<Map.Entry<K, V>> entrySet() {
    return views.entries;
  }

  @Override
  public Collection<V> values() {
    return views.values;
  }

  @Override
  public boolean equals(Object other) {
    return other == this || other instanceof Map<?, ?> && copy().equals(other);
  }

  @Override
  public int hashCode() {
    return copy().hashCode();
  }
}
