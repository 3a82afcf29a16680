package io.zproc;

/**
 * A sequence of writes that do not wait for their replies one by one. Each is a commit of its own,
 * in the order of the calls; all are acknowledged when {@link #flush} returns. For one thread.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public interface Pipeline<K, V> extends AutoCloseable {

  /**
   * Sends a put; waits only when the way to the server is full.
   *
   * @throws CapacityException and the like for this or an earlier write that was refused
   */
  void put(K key, V value);

  /** As {@link #put}, for a long, without allocating. */
  void putLong(K key, long value);

  void remove(K key);

  /** As {@link State#add}. */
  void add(K key, long delta);

  /**
   * Returns when every write so far is committed.
   *
   * @return the revision of the last one, 0 if there was none
   */
  long flush();

  /** Flushes, and gives the way to the server back. */
  @Override
  void close();
}
