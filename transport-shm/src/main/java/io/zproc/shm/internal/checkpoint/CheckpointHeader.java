package io.zproc.shm.internal.checkpoint;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;

/** The head of a checkpoint file, as {@link CheckpointDescriptor} draws it. */
record CheckpointHeader(
    long revision, long entries, long index, long sessions, long length, long segmentBytes) {

  ByteBuffer encode(int crc) {
    return ByteBuffer.allocate(CheckpointDescriptor.HEADER_LENGTH)
        .putLong(CheckpointDescriptor.MAGIC_OFFSET, CheckpointDescriptor.MAGIC)
        .putInt(CheckpointDescriptor.VERSION_OFFSET, CheckpointDescriptor.VERSION)
        .putInt(CheckpointDescriptor.CRC_OFFSET, crc)
        .putLong(CheckpointDescriptor.REVISION_OFFSET, revision)
        .putLong(CheckpointDescriptor.ENTRIES_OFFSET, entries)
        .putLong(CheckpointDescriptor.INDEX_OFFSET, index)
        .putLong(CheckpointDescriptor.SESSIONS_OFFSET, sessions)
        .putLong(CheckpointDescriptor.LENGTH_OFFSET, length)
        .putLong(CheckpointDescriptor.SEGMENT_BYTES_OFFSET, segmentBytes);
  }

  /**
   * Reads the head of a file.
   *
   * @throws IOException also when it is none of a whole checkpoint
   */
  static CheckpointHeader read(RandomAccessFile file) throws IOException {
    byte[] bytes = new byte[CheckpointDescriptor.HEADER_LENGTH];
    file.seek(0);
    file.readFully(bytes);
    ByteBuffer header = ByteBuffer.wrap(bytes);
    long magic = header.getLong(CheckpointDescriptor.MAGIC_OFFSET);
    int version = header.getInt(CheckpointDescriptor.VERSION_OFFSET);
    long length = header.getLong(CheckpointDescriptor.LENGTH_OFFSET);
    if (magic != CheckpointDescriptor.MAGIC
        || version != CheckpointDescriptor.VERSION
        || length != file.length()) {
      throw new IOException(
          "no checkpoint of this version, or not a whole one: magic "
              + Long.toHexString(magic)
              + ", version "
              + version
              + ", "
              + file.length()
              + " of "
              + length
              + " bytes");
    }
    return new CheckpointHeader(
        header.getLong(CheckpointDescriptor.REVISION_OFFSET),
        header.getLong(CheckpointDescriptor.ENTRIES_OFFSET),
        header.getLong(CheckpointDescriptor.INDEX_OFFSET),
        header.getLong(CheckpointDescriptor.SESSIONS_OFFSET),
        length,
        header.getLong(CheckpointDescriptor.SEGMENT_BYTES_OFFSET));
  }

  static int readCrc(RandomAccessFile file) throws IOException {
    file.seek(CheckpointDescriptor.CRC_OFFSET);
    return file.readInt();
  }
}
