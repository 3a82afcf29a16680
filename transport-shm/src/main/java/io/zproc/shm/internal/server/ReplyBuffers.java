package io.zproc.shm.internal.server;

import io.zproc.codec.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Arrays of long replies, which are used again: to have a new one cleared, and its pages given by
 * the system, takes longer than to copy the value. The server's thread only.
 */
final class ReplyBuffers {
  /** A shorter array is not worth it. */
  static final int SHORTEST = 64 << 10;

  private static final long MAX_IDLE_BYTES = 32L << 20;

  /** Longer ones are of so many bytes or a multiple: then one does for values of like lengths. */
  private static final int STEP = 1 << 20;

  private final List<ByteWriter> idle = new ArrayList<>();
  private long idleBytes;

  /** An empty writer with an array of at least that many bytes, and not many more. */
  ByteWriter take(int capacity) {
    int most = 2 * roundUp(capacity);
    ByteWriter best = null;
    for (ByteWriter writer : idle) {
      int length = writer.array().length;
      if (length >= capacity && length <= most && (best == null || length < best.array().length)) {
        best = writer;
      }
    }
    if (best == null) {
      return new ByteWriter(roundUp(capacity));
    }
    idle.remove(best);
    idleBytes -= best.array().length;
    return best.clear();
  }

  private static int roundUp(int capacity) {
    return (capacity + STEP - 1) / STEP * STEP;
  }

  /** Takes back what nobody uses any more. */
  void give(ByteWriter writer) {
    int length = writer.array().length;
    if (length >= SHORTEST && idleBytes + length <= MAX_IDLE_BYTES) {
      idle.add(writer);
      idleBytes += length;
    }
  }
}
