package io.zproc.shm.internal.server;

import java.util.Arrays;

/**
 * All keys of all namespaces: a hash table with open addressing, looked up by bytes where they lie,
 * without allocating.
 */
final class KeyTable {
  private Entry[] table = new Entry[1 << 12];
  private int size;

  Entry find(int namespace, byte[] array, int offset, int length, int hash) {
    int mask = table.length - 1;
    for (int i = spread(namespace, hash) & mask; ; i = (i + 1) & mask) {
      Entry entry = table[i];
      if (entry == null || matches(entry, namespace, array, offset, length, hash)) {
        return entry;
      }
    }
  }

  private static boolean matches(
      Entry entry, int namespace, byte[] array, int offset, int length, int hash) {
    return entry.hash == hash
        && entry.namespace == namespace
        && Arrays.equals(entry.key, 0, entry.key.length, array, offset, offset + length);
  }

  /** Adds a key that is not there. */
  void add(Entry entry) {
    if (++size * 2 > table.length) {
      grow();
    }
    insert(entry);
  }

  /** Removes a key that is there. Those behind it that it had pushed away move up. */
  void remove(Entry entry) {
    size--;
    int mask = table.length - 1;
    int hole = home(entry, mask);
    while (table[hole] != entry) {
      hole = (hole + 1) & mask;
    }
    table[hole] = null;
    for (int i = (hole + 1) & mask; table[i] != null; i = (i + 1) & mask) {
      int distance = (i - home(table[i], mask)) & mask;
      if (distance >= ((i - hole) & mask)) {
        table[hole] = table[i];
        table[i] = null;
        hole = i;
      }
    }
  }

  int size() {
    return size;
  }

  private void insert(Entry entry) {
    int mask = table.length - 1;
    int i = home(entry, mask);
    while (table[i] != null) {
      i = (i + 1) & mask;
    }
    table[i] = entry;
  }

  private void grow() {
    Entry[] old = table;
    table = new Entry[old.length * 2];
    for (Entry entry : old) {
      if (entry != null) {
        insert(entry);
      }
    }
  }

  private static int home(Entry entry, int mask) {
    return spread(entry.namespace, entry.hash) & mask;
  }

  private static int spread(int namespace, int hash) {
    int mixed = (hash ^ namespace * 0x9E3779B9) * 0x85EBCA6B;
    return mixed ^ (mixed >>> 15);
  }
}
