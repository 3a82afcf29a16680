package io.zproc.shm.internal.checkpoint;

import io.zproc.shm.internal.os.Files600;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The checkpoints beside the segments of a journal: {@code checkpoint.R}, the state at R. */
public final class CheckpointFiles {
  private static final String PREFIX = "checkpoint.";
  private static final String UNFINISHED = ".tmp";

  private CheckpointFiles() {}

  public static Path path(Path journal, long revision) {
    return journal.resolve(PREFIX + revision);
  }

  static Path unfinished(Path journal, long revision) {
    return journal.resolve(PREFIX + revision + UNFINISHED);
  }

  /** The revisions of the checkpoints that are there, ascending. */
  public static long[] list(Path journal) throws IOException {
    try (Stream<Path> files = Files.list(journal)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("checkpoint\\.\\d+"))
          .mapToLong(name -> Long.parseLong(name.substring(PREFIX.length())))
          .sorted()
          .toArray();
    }
  }

  /** Deletes what a writer that was killed has left half made. */
  public static void clean(Path journal) throws IOException {
    try (Stream<Path> files = Files.list(journal)) {
      files
          .filter(file -> file.getFileName().toString().startsWith(PREFIX))
          .filter(file -> file.toString().endsWith(UNFINISHED))
          .forEach(Files600::deleteQuietly);
    }
  }

  /** How long the checkpoint is, in bytes, or −1 if there is none. */
  public static long bytes(Path journal, long revision) {
    Path file = path(journal, revision);
    return Files.exists(file) ? file.toFile().length() : -1;
  }

  /** What the segment takes that ends with the revision, in bytes, or −1 if it is not known. */
  public static long segmentBytes(Path journal, long revision) {
    if (bytes(journal, revision) < 0) {
      return -1;
    }
    try (RandomAccessFile file = new RandomAccessFile(path(journal, revision).toFile(), "r")) {
      return CheckpointHeader.read(file).segmentBytes();
    } catch (IOException e) {
      return -1;
    }
  }
}
