package io.zproc;

/**
 * Takes the changes of {@link Watch#drain}.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
@FunctionalInterface
public interface ChangeHandler<K, V> {

  /**
   * @param revision of the commit
   * @param key null when the commit removed every key of the namespace
   * @param value the new value
   * @param present whether the key is there afterwards
   */
  void onChange(long revision, K key, V value, boolean present);
}
