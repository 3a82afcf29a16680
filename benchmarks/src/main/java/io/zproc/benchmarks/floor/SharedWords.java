package io.zproc.benchmarks.floor;

import io.zproc.shm.internal.os.MappedFile;
import java.nio.file.Path;

/**
 * A page that two processes share, with a word for each direction on cache lines that the
 * prefetcher does not fetch together.
 */
final class SharedWords {
  static final int LENGTH = 4096;
  private static final int DISTANCE = 256;

  private final MappedFile file;
  final long ping;
  final long pong;

  private SharedWords(MappedFile file) {
    this.file = file;
    ping = file.address();
    pong = file.address() + DISTANCE;
  }

  static SharedWords create(Path path) {
    return new SharedWords(MappedFile.create(path, LENGTH));
  }

  static SharedWords open(Path path) {
    return new SharedWords(MappedFile.open(path, LENGTH));
  }

  @Override
  public String toString() {
    return file.path().toString();
  }
}
