package io.zproc.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory in memory for one run; gone afterwards. */
public final class Workspace implements AutoCloseable {
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  private final Path directory;

  private Workspace(Path directory) {
    this.directory = directory;
  }

  public static Workspace create() throws IOException {
    String prefix = "zproc-bench-";
    return new Workspace(
        Files.isWritable(SHARED_MEMORY)
            ? Files.createTempDirectory(SHARED_MEMORY, prefix)
            : Files.createTempDirectory(prefix));
  }

  public Path directory() {
    return directory;
  }

  public Path resolve(String name) {
    return directory.resolve(name);
  }

  @Override
  public void close() throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> paths = Files.walk(directory)) {
      deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
