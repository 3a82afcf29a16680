package io.zproc.shm.internal.server;

import io.zproc.shm.internal.offheap.IntList;
import io.zproc.shm.internal.offheap.PagePool;

/*
 * Linear hashing: with each new key one or two buckets are split, in order, so the table grows
 * without ever being made anew, however many keys there are. Of 2 * half hash values, those whose
 * bucket is not there yet have the one that it will be split from. A bucket is a chain through its
 * entries.
 */

/**
 * All keys of all namespaces, looked up by bytes where they lie, without allocating. The server's
 * thread only.
 */
final class KeyTable {
  private static final int FIRST_BUCKETS = 1 << 10;
  private static final int MOST_BUCKETS = 1 << 30;
  private static final int BUCKETS_PER_KEY = 2;

  private final Entries entries;

  /** The first entry of each bucket. */
  private final IntList buckets;

  /** How many buckets there were when the first of them was split for the last time. */
  private int half = FIRST_BUCKETS;

  private int size;

  KeyTable(Entries entries, PagePool pool) {
    this.entries = entries;
    this.buckets = new IntList(pool);
    for (int i = 0; i < FIRST_BUCKETS; i++) {
      buckets.add(Entries.NONE);
    }
  }

  /** The entry of a key, or {@link Entries#NONE}. */
  int find(int namespace, byte[] array, int offset, int length, int hash) {
    int entry = buckets.get(bucket(spread(namespace, hash)));
    while (entry != Entries.NONE && !entries.isOf(entry, namespace, hash, array, offset, length)) {
      entry = entries.next(entry);
    }
    return entry;
  }

  /** Adds a key that is not there. */
  void add(int entry) {
    size++;
    for (int i = 0; i < BUCKETS_PER_KEY && isToSplit(); i++) {
      split();
    }
    push(bucket(spread(entry)), entry);
  }

  private boolean isToSplit() {
    return buckets.size() < Math.min(MOST_BUCKETS, (long) BUCKETS_PER_KEY * size);
  }

  private void split() {
    int added = buckets.size();
    int from = added - half;
    int entry = buckets.get(from);
    buckets.set(from, Entries.NONE);
    buckets.add(Entries.NONE);
    while (entry != Entries.NONE) {
      int next = entries.next(entry);
      push((spread(entry) & (2 * half - 1)) == added ? added : from, entry);
      entry = next;
    }
    if (buckets.size() == 2 * half) {
      half *= 2;
    }
  }

  private void push(int bucket, int entry) {
    entries.next(entry, buckets.get(bucket));
    buckets.set(bucket, entry);
  }

  /** Removes a key that is there. */
  void remove(int entry) {
    size--;
    int bucket = bucket(spread(entry));
    int before = buckets.get(bucket);
    if (before == entry) {
      buckets.set(bucket, entries.next(entry));
      return;
    }
    while (entries.next(before) != entry) {
      before = entries.next(before);
    }
    entries.next(before, entries.next(entry));
  }

  int size() {
    return size;
  }

  private int bucket(int spread) {
    int bucket = spread & (2 * half - 1);
    return bucket < buckets.size() ? bucket : bucket - half;
  }

  private int spread(int entry) {
    return spread(entries.namespace(entry), entries.hash(entry));
  }

  private static int spread(int namespace, int hash) {
    int mixed = (hash ^ namespace * 0x9E3779B9) * 0x85EBCA6B;
    return mixed ^ (mixed >>> 15);
  }
}
