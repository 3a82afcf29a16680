package io.zproc.shm.internal.checkpoint;

import io.zproc.codec.ByteWriter;
import io.zproc.shm.internal.os.Files600;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.CRC32C;

/** A checkpoint file that is being written, by the helper alone. */
final class CheckpointFile {
  private final Path journal;
  private final long revision;
  private final long segmentBytes;
  private final RevisionIndex index = new RevisionIndex();
  private final CRC32C crc = new CRC32C();
  private FileChannel channel;
  private long position = CheckpointDescriptor.HEADER_LENGTH;

  CheckpointFile(Path journal, long revision, long segmentBytes) {
    this.journal = journal;
    this.revision = revision;
    this.segmentBytes = segmentBytes;
  }

  void write(Block block) throws IOException {
    for (int i = 0; i < block.count; i++) {
      index.add(block.revisions[i], position + block.offsets[i]);
    }
    write(block.bytes);
  }

  private void write(ByteWriter bytes) throws IOException {
    if (channel == null) {
      channel = Files600.create(CheckpointFiles.unfinished(journal, revision));
    }
    crc.update(bytes.array(), 0, bytes.position());
    ByteBuffer buffer = ByteBuffer.wrap(bytes.array(), 0, bytes.position());
    while (buffer.hasRemaining()) {
      position += channel.write(buffer, position);
    }
  }

  /** Completes the file and gives it its name; returns its length. */
  long finish(byte[] sessions) throws IOException {
    long indexOffset = position;
    writeIndex();
    long sessionsOffset = position;
    write(new ByteWriter(sessions.length).writeBytes(sessions));
    CheckpointHeader header =
        new CheckpointHeader(
            revision, index.size(), indexOffset, sessionsOffset, position, segmentBytes);
    channel.write(header.encode((int) crc.getValue()), 0);
    channel.close();
    index.close();
    Files.move(
        CheckpointFiles.unfinished(journal, revision),
        CheckpointFiles.path(journal, revision),
        StandardCopyOption.ATOMIC_MOVE);
    return position;
  }

  private void writeIndex() throws IOException {
    index.sort();
    ByteWriter bytes = new ByteWriter(Block.BYTES + CheckpointDescriptor.INDEX_ENTRY_LENGTH);
    for (int i = 0; i < index.size(); i++) {
      bytes.writeLong(index.revision(i)).writeLong(index.offset(i));
      if (bytes.position() >= Block.BYTES) {
        write(bytes);
        bytes.clear();
      }
    }
    write(bytes);
  }

  void abort() throws IOException {
    index.close();
    if (channel != null) {
      channel.close();
    }
    Files600.deleteQuietly(CheckpointFiles.unfinished(journal, revision));
  }
}
