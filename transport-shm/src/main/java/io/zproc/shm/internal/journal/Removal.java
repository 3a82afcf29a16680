package io.zproc.shm.internal.journal;

import io.zproc.shm.internal.os.FileSpace;
import io.zproc.shm.internal.os.Files600;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Gives back what trimmed parts of the journal took, also where a reader still has them mapped: it
 * reads zeros from then on, and then sees that the journal begins later.
 */
final class Removal {
  private Removal() {}

  static Void remove(Path segment, Path checkpoint) throws IOException {
    for (Path file : JournalFiles.queueFiles(segment)) {
      FileSpace.release(file);
    }
    Files600.deleteRecursively(segment);
    if (Files.exists(checkpoint)) {
      FileSpace.release(checkpoint);
      Files600.deleteQuietly(checkpoint);
    }
    return null;
  }
}
