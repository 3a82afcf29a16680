package io.zproc.shm.internal.server;

import io.zproc.ZProcException;
import io.zproc.shm.internal.layout.ControlDescriptor;
import io.zproc.shm.internal.layout.Directory;
import io.zproc.shm.internal.os.Files600;
import io.zproc.shm.internal.os.LockFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * The directories of servers that were started without an address: one below {@code
 * /dev/shm/zproc-UID}, or below the temporary directory where there is no {@code /dev/shm}. Each
 * goes with its server; what servers that were killed left behind is removed when the next one
 * starts.
 */
public final class PrivateDirectories {
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");
  private static final Duration YOUNG = Duration.ofMinutes(1);
  private static final SecureRandom RANDOM = new SecureRandom();

  private PrivateDirectories() {}

  /** A directory that does not exist yet. */
  public static Path next() {
    return parent().resolve(Long.toHexString(RANDOM.nextLong()));
  }

  static boolean isPrivate(Directory directory) {
    return parent().equals(directory.path().getParent());
  }

  /**
   * Removes it, if it is private. It gets another name first: a client that is just about to open a
   * session would make a file in it, and it could not be removed.
   */
  static void remove(Directory directory) {
    if (!isPrivate(directory)) {
      return;
    }
    Path path = directory.path();
    Path gone = path.resolveSibling(path.getFileName() + ".gone");
    try {
      Files.move(path, gone, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      gone = path;
    }
    Files600.deleteRecursively(gone);
  }

  private static Path parent() {
    Path base =
        Files.isDirectory(SHARED_MEMORY) && Files.isWritable(SHARED_MEMORY)
            ? SHARED_MEMORY
            : Path.of(System.getProperty("java.io.tmpdir"));
    return base.resolve("zproc-" + userId());
  }

  private static Object userId() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return System.getProperty("user.name");
    }
  }

  /** Makes the parent, which must be ours alone, and removes what nobody uses any longer. */
  static void prepare() {
    Path parent = parent();
    try {
      Files600.createDirectories(parent);
      requireOurs(parent);
      try (Stream<Path> children = Files.list(parent)) {
        children.filter(PrivateDirectories::isAbandoned).forEach(Files600::deleteRecursively);
      }
    } catch (IOException e) {
      throw new ZProcException("can not use " + parent + ": " + e, e);
    }
  }

  private static void requireOurs(Path parent) throws IOException {
    Path self = Path.of("/proc/self");
    if (Files.exists(self)
        && (Files.isSymbolicLink(parent)
            || !Files.getOwner(parent, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(self)))) {
      throw new ZProcException(parent + " belongs to another user: remove it, or give an address");
    }
  }

  private static boolean isAbandoned(Path child) {
    Directory directory = new Directory(child);
    try {
      // A young one may belong to a server that has not taken its lock yet.
      Instant modified = Files.getLastModifiedTime(child).toInstant();
      if (modified.isAfter(Instant.now().minus(YOUNG))) {
        return false;
      }
    } catch (IOException e) {
      return false;
    }
    if (!Files.exists(directory.locks())) {
      return true;
    }
    try (LockFile locks = LockFile.open(directory.locks())) {
      return !locks.isAnyHeld(ControlDescriptor.SESSIONS + 1);
    }
  }
}
