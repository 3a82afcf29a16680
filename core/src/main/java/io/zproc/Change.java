package io.zproc;

/**
 * The change of one key in one commit. Immutable.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public interface Change<K, V> {

  K key();

  /** The value before, null if the key was not there. */
  V before();

  /** The value after, null if the key was removed. */
  V after();

  /** Whether the key was there before. */
  boolean wasPresent();

  /** Whether the key is there afterwards. */
  boolean isPresent();

  /** Whether value and presence are the same before and after. */
  boolean isIdentical();
}
