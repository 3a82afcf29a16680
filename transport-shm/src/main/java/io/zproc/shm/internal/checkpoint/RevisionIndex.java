package io.zproc.shm.internal.checkpoint;

import io.zproc.shm.internal.offheap.PagePool;
import io.zproc.shm.internal.offheap.RecordList;
import io.zproc.shm.internal.os.Memory;

/**
 * Pairs of revision and offset, to be sorted by revision; outside the heap, which would grow by 16
 * bytes for each key, and as much again while they are sorted. Not thread-safe.
 */
final class RevisionIndex implements AutoCloseable {
  private static final int PAIR_BYTES = 2 * Long.BYTES;
  private static final int DIGIT_BITS = 16;
  private static final int DIGITS = 1 << DIGIT_BITS;

  private final PagePool pool = new PagePool();
  private RecordList pairs = new RecordList(pool, PAIR_BYTES);
  private int size;
  private long highest;

  void add(long revision, long offset) {
    put(pairs.address(pairs.take()), revision, offset);
    size++;
    highest = Math.max(highest, revision);
  }

  private static void put(long pair, long revision, long offset) {
    Memory.putLong(pair, revision);
    Memory.putLong(pair + Long.BYTES, offset);
  }

  int size() {
    return size;
  }

  long revision(int place) {
    return Memory.getLong(pairs.address(place));
  }

  long offset(int place) {
    return Memory.getLong(pairs.address(place) + Long.BYTES);
  }

  /** Sorts by the revision's digits, the lowest first, each pass keeping what the last has done. */
  void sort() {
    for (int shift = 0; shift < Long.SIZE && highest >>> shift != 0; shift += DIGIT_BITS) {
      sortByDigit(shift);
    }
  }

  private void sortByDigit(int shift) {
    int[] places = new int[DIGITS + 1];
    RecordList sorted = new RecordList(pool, PAIR_BYTES);
    for (int i = 0; i < size; i++) {
      places[digit(revision(i), shift) + 1]++;
      sorted.take();
    }
    for (int digit = 1; digit < places.length; digit++) {
      places[digit] += places[digit - 1];
    }
    for (int i = 0; i < size; i++) {
      int place = places[digit(revision(i), shift)]++;
      put(sorted.address(place), revision(i), offset(i));
    }
    pairs.clear();
    pairs = sorted;
  }

  private static int digit(long revision, int shift) {
    return (int) (revision >>> shift) & DIGITS - 1;
  }

  /** Forgets all pairs, and frees their memory. */
  @Override
  public void close() {
    pool.close();
    pairs = new RecordList(pool, PAIR_BYTES);
    size = 0;
  }
}
