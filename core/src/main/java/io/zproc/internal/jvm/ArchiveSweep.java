package io.zproc.internal.jvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Removes class archives that nobody will use again. Safe beside others that use or sweep. */
final class ArchiveSweep {
  private static final int MOST = 16;
  private static final Duration OLD = Duration.ofDays(1);
  private final Path directory;

  ArchiveSweep(Path directory) {
    this.directory = directory;
  }

  /**
   * Removes what {@code name} supersedes, what killed processes left unfinished for a day, and all
   * but the most recently used archives. Running JVMs keep what they have mapped.
   *
   * @throws IOException if the directory can not be read or changed
   */
  void around(ArchiveName name) throws IOException {
    List<Path> newestFirst;
    try (Stream<Path> files = Files.list(directory)) {
      newestFirst = files.sorted(Comparator.comparing(ArchiveSweep::time).reversed()).toList();
    }
    Instant old = Instant.now().minus(OLD);
    int kept = 0;
    for (Path file : newestFirst) {
      String text = file.getFileName().toString();
      boolean superseded = text.startsWith(name.place()) && !text.contains(name.content());
      boolean unfinished = !text.endsWith(".jsa") && time(file).toInstant().isBefore(old);
      if (superseded || unfinished || (text.endsWith(".jsa") && ++kept > MOST)) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static FileTime time(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }
}
