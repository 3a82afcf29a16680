package io.zproc.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Directories of test servers, in shared memory where there is some. */
public final class TestDirectories {
  private static final Path PARENT =
      (Files.isWritable(Path.of("/dev/shm"))
              ? Path.of("/dev/shm")
              : Path.of(System.getProperty("java.io.tmpdir")))
          .resolve("zproc-test-" + ProcessHandle.current().pid());

  private static final AtomicInteger COUNT = new AtomicInteger();

  private TestDirectories() {}

  /** A directory that does not exist yet. Whoever asks for it deletes it. */
  public static Path next() {
    return PARENT.resolve(Integer.toString(COUNT.incrementAndGet()));
  }

  /** A directory that exists and is empty. */
  public static Path create() {
    Path directory = next();
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return directory;
  }

  /** Deletes it, and the parent of all with the last one. */
  public static void delete(Path directory) {
    deleteAll(directory.toFile());
    PARENT.toFile().delete();
  }

  /** As far as it is possible: a server may be at it, too. */
  private static void deleteAll(File file) {
    File[] children = file.listFiles();
    if (children != null) {
      for (File child : children) {
        deleteAll(child);
      }
    }
    file.delete();
  }

  /** What is there now. */
  static List<Path> remaining() {
    if (!Files.isDirectory(PARENT)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(PARENT)) {
      return children.toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
