package io.zproc.shm.internal.server;

import java.util.Arrays;

/**
 * The sequences of a session's newest commits, in ascending order; more of them than a client can
 * have without a reply.
 */
final class AppliedSequences {
  static final int KEPT = 8192;

  private final int kept;
  private long[] sequences = new long[16];
  private int count;

  AppliedSequences() {
    this(KEPT);
  }

  /** Keeps at least so many. */
  AppliedSequences(int kept) {
    this.kept = kept;
  }

  /** Adds one that is higher than all before. */
  void add(long sequence) {
    if (count == 2 * kept) {
      System.arraycopy(sequences, kept, sequences, 0, kept);
      count = kept;
    } else if (count == sequences.length) {
      sequences = Arrays.copyOf(sequences, 2 * count);
    }
    sequences[count++] = sequence;
  }

  /** Whether it was added; true also for one so old that it may have been forgotten. */
  boolean contains(long sequence) {
    boolean forgotten = count >= kept && sequence < sequences[0];
    return forgotten || Arrays.binarySearch(sequences, 0, count, sequence) >= 0;
  }
}
