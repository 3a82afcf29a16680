package io.zproc.internal.state;

/** Where a state reads single values and whole views. Thread-safe; keys may be of any class. */
interface Reads<K, V> {

  V get(Object key, V ifAbsent);

  boolean containsKey(Object key);

  /** Whether the key is there with a value equal to this one. */
  boolean contains(Object key, Object value);

  long getLong(K key, long ifAbsent);

  /** As {@link io.zproc.State#getBytes}. */
  int getBytes(K key, byte[] target);

  int size();

  /** The whole namespace. */
  View view();

  long revision();

  /** The state has seen or made this revision: later reads must not be older. */
  void atLeast(long revision);

  /** The same way to read another namespace. */
  Reads<K, V> of(Namespace<K, V> other);

  void close();
}
