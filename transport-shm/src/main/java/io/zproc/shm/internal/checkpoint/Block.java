package io.zproc.shm.internal.checkpoint;

import io.zproc.codec.ByteWriter;
import java.util.Arrays;

/**
 * Some entries of a checkpoint on their way to the file. Filled by the server's thread, then handed
 * to the helper, which has it to itself.
 */
final class Block {
  static final int BYTES = 256 << 10;

  final ByteWriter bytes = new ByteWriter(BYTES);
  long[] revisions = new long[512];
  int[] offsets = new int[512];
  int count;

  /** Begins an entry; its change follows in {@link #bytes}, then {@link #endEntry}. */
  ByteWriter beginEntry(long revision) {
    if (count == revisions.length) {
      revisions = Arrays.copyOf(revisions, 2 * count);
      offsets = Arrays.copyOf(offsets, 2 * count);
    }
    revisions[count] = revision;
    offsets[count] = bytes.position();
    return bytes.writeLong(revision).writeInt(0);
  }

  void endEntry() {
    int start = offsets[count++];
    int length = bytes.position() - start - CheckpointDescriptor.ENTRY_HEADER_LENGTH;
    bytes.setInt(start + Long.BYTES, length);
  }

  boolean isFull() {
    return bytes.position() >= BYTES;
  }
}
