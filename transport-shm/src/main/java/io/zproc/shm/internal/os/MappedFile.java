package io.zproc.shm.internal.os;

import io.zproc.ZProcException;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.BufferUtil;

/**
 * A file mapped for reading and writing. The memory stays mapped as long as this object is
 * reachable, so whoever uses {@link #address} keeps it reachable; it is unmapped by the garbage
 * collector, never under a reader's feet.
 */
public final class MappedFile {
  private final Path path;
  private final MappedByteBuffer buffer;
  private final long address;

  private MappedFile(Path path, MappedByteBuffer buffer) {
    this.path = path;
    this.buffer = buffer;
    this.address = BufferUtil.address(buffer);
  }

  /**
   * Creates a file of zeros whose memory is reserved, so that writing to it can not fail later.
   *
   * @throws io.zproc.CapacityException when there is no room for it
   */
  public static MappedFile create(Path path, int length) {
    try {
      return InterruptShield.open(() -> createAndMap(path, length));
    } catch (IOException e) {
      throw new ZProcException("can not create " + path + ": " + e, e);
    }
  }

  private static MappedFile createAndMap(Path path, int length) throws IOException {
    try (FileChannel channel =
        FileChannel.open(path, Files600.OPEN_OR_CREATE, Files600.ownerOnly())) {
      channel.truncate(0);
      FileSpace.reserve(path, 0, length);
      return map(path, channel, length);
    }
  }

  /**
   * Maps an existing file.
   *
   * @throws ZProcException when it is shorter than {@code length}
   */
  public static MappedFile open(Path path, int length) {
    try {
      return InterruptShield.open(() -> openAndMap(path, length));
    } catch (IOException e) {
      throw new ZProcException("can not open " + path + ": " + e, e);
    }
  }

  private static MappedFile openAndMap(Path path, int length) throws IOException {
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (channel.size() < length) {
        throw new ZProcException(
            path + " has " + channel.size() + " bytes instead of " + length + ": it was truncated");
      }
      return map(path, channel, length);
    }
  }

  private static MappedFile map(Path path, FileChannel channel, int length) throws IOException {
    return new MappedFile(path, channel.map(FileChannel.MapMode.READ_WRITE, 0, length));
  }

  public Path path() {
    return path;
  }

  /** Whether the file has become shorter since: then touching the memory behind its end fails. */
  public boolean isTruncated() {
    return path.toFile().length() < length();
  }

  public long address() {
    return address;
  }

  public int length() {
    return buffer.capacity();
  }
}
