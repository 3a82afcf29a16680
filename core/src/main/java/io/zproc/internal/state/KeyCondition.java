package io.zproc.internal.state;

import io.zproc.Snapshot;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What one key may be waited for.
 *
 * @param words complete the sentence "waited for key … to be …"
 */
record KeyCondition<K, V>(K key, Predicate<Snapshot<K, V>> predicate, Supplier<String> words) {
  KeyCondition {
    Objects.requireNonNull(key, "key");
  }

  static <K, V> KeyCondition<K, V> equal(K key, V value) {
    return new KeyCondition<>(
        key, s -> Immutables.areEqual(s.get(key), value), () -> "equal to " + value);
  }

  static <K, V> KeyCondition<K, V> notEqual(K key, V value) {
    return new KeyCondition<>(
        key, s -> !Immutables.areEqual(s.get(key), value), () -> "other than " + value);
  }

  static <K, V> KeyCondition<K, V> none(K key) {
    return new KeyCondition<>(key, s -> s.get(key) == null, () -> "absent or null");
  }

  static <K, V> KeyCondition<K, V> notNone(K key) {
    return new KeyCondition<>(key, s -> s.get(key) != null, () -> "there and not null");
  }

  static <K, V> KeyCondition<K, V> available(K key) {
    return new KeyCondition<>(key, s -> s.containsKey(key), () -> "there");
  }

  @Override
  public String toString() {
    return Waits.key(key, words.get());
  }
}
