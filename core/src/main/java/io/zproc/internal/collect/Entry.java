package io.zproc.internal.collect;

/**
 * One key of a {@link PersistentMap} with its value, both encoded. The arrays belong to the entry
 * and must not be changed.
 */
public final class Entry {
  public final byte[] key;
  public final int hash;
  public final byte[] value;
  public final long version;

  /**
   * Caches of what the bytes decode to, null until somebody decoded them. Read and written without
   * synchronization: two threads may decode the same bytes twice and either result stays, which is
   * harmless because what is stored here is immutable.
   */
  public Object decodedKey;

  public Object decodedValue;

  /** The hash must be {@link PersistentMap#hash} of the key. */
  public Entry(byte[] key, int hash, byte[] value, long version) {
    this.key = key;
    this.hash = hash;
    this.value = value;
    this.version = version;
  }

  public Entry(byte[] key, byte[] value, long version) {
    this(key, PersistentMap.hash(key, 0, key.length), value, version);
  }
}
