package io.zproc.shm.internal.checkpoint;

import io.zproc.codec.ByteWriter;
import java.util.Arrays;

/**
 * Some entries of a checkpoint on their way to the file. Filled by the server's thread, then handed
 * to the helper, which has it to itself.
 */
final class Block {
  static final int BYTES = 256 << 10;

  final ByteWriter bytes;
  long[] revisions = new long[512];
  int[] offsets = new int[512];
  int count;

  Block() {
    this(new ByteWriter(BYTES));
  }

  /** One that begins with what the writer has. */
  Block(ByteWriter bytes) {
    this.bytes = bytes;
  }

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
    endEntry(0);
  }

  /**
   * @param rest how many bytes of the entry follow in other blocks
   */
  void endEntry(int rest) {
    int start = offsets[count++];
    int length = bytes.position() - start - CheckpointDescriptor.ENTRY_HEADER_LENGTH + rest;
    bytes.setInt(start + Long.BYTES, length);
  }

  boolean isFull() {
    return bytes.position() >= BYTES;
  }
}
