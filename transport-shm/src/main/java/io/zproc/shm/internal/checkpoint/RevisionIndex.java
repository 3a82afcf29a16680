package io.zproc.shm.internal.checkpoint;

import java.util.Arrays;

/** Pairs of revision and offset, to be sorted by revision. Not thread-safe. */
final class RevisionIndex {
  private static final int DIGIT_BITS = 16;
  private static final int DIGITS = 1 << DIGIT_BITS;

  private long[] revisions = new long[1024];
  private long[] offsets = new long[1024];
  private int size;

  void add(long revision, long offset) {
    if (size == revisions.length) {
      revisions = Arrays.copyOf(revisions, 2 * size);
      offsets = Arrays.copyOf(offsets, 2 * size);
    }
    revisions[size] = revision;
    offsets[size] = offset;
    size++;
  }

  int size() {
    return size;
  }

  long revision(int place) {
    return revisions[place];
  }

  long offset(int place) {
    return offsets[place];
  }

  /** Sorts by the revision's digits, the lowest first, each pass keeping what the last has done. */
  void sort() {
    long highest = 0;
    for (int i = 0; i < size; i++) {
      highest = Math.max(highest, revisions[i]);
    }
    for (int shift = 0; shift < Long.SIZE && highest >>> shift != 0; shift += DIGIT_BITS) {
      sortByDigit(shift);
    }
  }

  private void sortByDigit(int shift) {
    int[] places = new int[DIGITS + 1];
    for (int i = 0; i < size; i++) {
      places[digit(revisions[i], shift) + 1]++;
    }
    for (int digit = 1; digit < places.length; digit++) {
      places[digit] += places[digit - 1];
    }
    long[] sortedRevisions = new long[size];
    long[] sortedOffsets = new long[size];
    for (int i = 0; i < size; i++) {
      int place = places[digit(revisions[i], shift)]++;
      sortedRevisions[place] = revisions[i];
      sortedOffsets[place] = offsets[i];
    }
    revisions = sortedRevisions;
    offsets = sortedOffsets;
  }

  private static int digit(long revision, int shift) {
    return (int) (revision >>> shift) & DIGITS - 1;
  }
}
