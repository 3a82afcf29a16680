package io.zproc.shm.internal.server;

import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import java.util.Arrays;

/**
 * The sequences of a session's newest commits, as runs without a gap, in ascending order; more of
 * them than a client can have without a reply.
 */
final class AppliedSequences {
  static final int KEPT = 8192;

  /** At least so many runs are kept, and so at least so many sequences. */
  private final int kept;

  private long[] from = new long[4];
  private long[] to = new long[4];
  private int count;

  /** Whether there were runs before the first. */
  private boolean forgotten;

  AppliedSequences() {
    this(KEPT);
  }

  /** Keeps at least so many. */
  AppliedSequences(int kept) {
    this.kept = kept;
  }

  /** Adds one that is higher than all before. */
  void add(long sequence) {
    if (count > 0 && to[count - 1] == sequence - 1) {
      to[count - 1] = sequence;
    } else {
      addRun(sequence, sequence);
    }
  }

  private void addRun(long first, long last) {
    if (count == 2 * kept) {
      System.arraycopy(from, kept, from, 0, kept);
      System.arraycopy(to, kept, to, 0, kept);
      count = kept;
      forgotten = true;
    } else if (count == from.length) {
      from = Arrays.copyOf(from, 2 * count);
      to = Arrays.copyOf(to, 2 * count);
    }
    from[count] = first;
    to[count] = last;
    count++;
  }

  /** Whether it was added; true also for one so old that it may have been forgotten. */
  boolean contains(long sequence) {
    if (forgotten && sequence < from[0]) {
      return true;
    }
    int place = Arrays.binarySearch(from, 0, count, sequence);
    return place >= 0 || place < -1 && sequence <= to[-place - 2];
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** The last one added. */
  long last() {
    return to[count - 1];
  }

  /** Writes them: whether there were older ones (1), number of runs (4), each first and last. */
  void write(ByteWriter out) {
    out.writeByte(forgotten ? 1 : 0).writeInt(count);
    for (int run = 0; run < count; run++) {
      out.writeLong(from[run]).writeLong(to[run]);
    }
  }

  /** Adds what {@link #write} has written. */
  AppliedSequences read(ByteReader in) {
    forgotten |= in.readByte() != 0;
    for (int runs = in.readInt(); runs > 0; runs--) {
      addRun(in.readLong(), in.readLong());
    }
    return this;
  }
}
