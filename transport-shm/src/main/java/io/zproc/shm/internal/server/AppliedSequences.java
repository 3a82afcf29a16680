package io.zproc.shm.internal.server;

import java.util.Arrays;

/**
 * The sequences of a session's newest commits, in ascending order; more of them than a client can
 * have without a reply.
 */
final class AppliedSequences {
  private static final int KEPT = 8192;

  private long[] sequences = new long[16];
  private int count;

  /** Adds one that is higher than all before. */
  void add(long sequence) {
    if (count == 2 * KEPT) {
      System.arraycopy(sequences, KEPT, sequences, 0, KEPT);
      count = KEPT;
    } else if (count == sequences.length) {
      sequences = Arrays.copyOf(sequences, 2 * count);
    }
    sequences[count++] = sequence;
  }

  /** Whether it was added; true also for one so old that it may have been forgotten. */
  boolean contains(long sequence) {
    boolean forgotten = count >= KEPT && sequence < sequences[0];
    return forgotten || Arrays.binarySearch(sequences, 0, count, sequence) >= 0;
  }
}
