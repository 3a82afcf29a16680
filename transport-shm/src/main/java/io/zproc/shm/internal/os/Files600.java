package io.zproc.shm.internal.os;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;

/** Files and directories that only their owner may use. */
public final class Files600 {
  static final Set<OpenOption> OPEN_OR_CREATE =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);

  private Files600() {}

  static FileAttribute<?>[] ownerOnly() {
    return posix("rw-------");
  }

  private static FileAttribute<?>[] posix(String permissions) {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
    };
  }

  /** Creates a file, which is emptied if it is there. */
  public static FileChannel create(Path path) throws IOException {
    return FileChannel.open(path, OPEN_OR_CREATE, ownerOnly()).truncate(0);
  }

  /** Creates a directory and its parents, open to their owner alone; an existing one is kept. */
  public static void createDirectories(Path directory) throws IOException {
    Files.createDirectories(directory, posix("rwx------"));
  }

  /** Deletes a directory and all in it, as far as that is possible. */
  public static void deleteRecursively(Path directory) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> children = Files.list(directory)) {
      children.forEach(
          child -> {
            if (Files.isDirectory(child)) {
              deleteRecursively(child);
            } else {
              deleteQuietly(child);
            }
          });
    } catch (IOException e) {
      return;
    }
    deleteQuietly(directory);
  }

  public static boolean deleteQuietly(Path path) {
    try {
      return Files.deleteIfExists(path);
    } catch (IOException e) {
      return false;
    }
  }
}
