package io.zproc.shm.internal.os;

import io.zproc.CapacityException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reserves the pages of files ahead of writing to their mapping. A mapping that is written where
 * the file system has no page left to give ends in a bus error, which can not be handled; a
 * reservation that fails is an exception before anything is written.
 */
public final class FileSpace {
  private static final int O_RDWR = 2;
  private static final int KEEP_SIZE = 1;
  private static final int PUNCH_HOLE = 2;

  private FileSpace() {}

  /**
   * Makes the file have pages for the range, extending it if it is shorter; bytes that are there
   * already keep their value.
   *
   * @throws CapacityException when the file system is full
   */
  public static void reserve(Path path, long offset, long length) {
    requireRoom(path, length);
    if (Futex.isNative()) {
      fallocate(path, 0, offset, length);
    } else {
      extend(path, offset + length);
    }
  }

  /**
   * Makes an empty file have pages for that many bytes, and stay empty: for who writes to it as it
   * grows, by a mapping, and would be killed by a full file system.
   *
   * @throws CapacityException when the file system is full
   */
  public static void reserveAhead(Path path, long length) {
    requireRoom(path, length);
    if (Futex.isNative()) {
      fallocate(path, KEEP_SIZE, 0, length);
    }
  }

  /** Gives the pages of a whole file back; who has it mapped reads zeros from then on. */
  public static void release(Path path) throws IOException {
    release(path, 0, Files.size(path));
  }

  /** As {@link #release(Path)}, for a part of the file. */
  public static void release(Path path, long offset, long length) throws IOException {
    if (Futex.isNative() && length > 0) {
      fallocate(path, PUNCH_HOLE | KEEP_SIZE, offset, length);
    }
  }

  /**
   * Looks whether the file system of a path has so many bytes left.
   *
   * @throws CapacityException when it has not
   */
  public static void requireRoom(Path path, long length) {
    long free = path.toAbsolutePath().getParent().toFile().getUsableSpace();
    if (free < length) {
      throw full(path, length, free);
    }
  }

  private static void fallocate(Path path, int mode, long offset, long length) {
    int descriptor = LibC.open(path.toString(), O_RDWR);
    if (descriptor < 0) {
      throw new CapacityException("can not open " + path + " to reserve " + length + " bytes");
    }
    try {
      if (LibC.fallocate(descriptor, mode, offset, length) != 0 && (mode & PUNCH_HOLE) == 0) {
        throw full(path, length, path.toAbsolutePath().getParent().toFile().getUsableSpace());
      }
    } finally {
      LibC.close(descriptor);
    }
  }

  private static void extend(Path path, long size) {
    try (java.nio.channels.FileChannel channel =
        java.nio.channels.FileChannel.open(path, java.nio.file.StandardOpenOption.WRITE)) {
      if (channel.size() < size) {
        channel.write(java.nio.ByteBuffer.allocate(1), size - 1);
      }
    } catch (IOException e) {
      throw new CapacityException("can not extend " + path + " to " + size + " bytes: " + e);
    }
  }

  private static CapacityException full(Path path, long wanted, long free) {
    return new CapacityException(
        "the file system of "
            + path.getParent()
            + " is full: "
            + wanted
            + " bytes wanted, "
            + free
            + " free; nothing was changed");
  }
}
