package io.zproc.internal.jvm;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Directories under the temporary directory that belong to this user alone. Stateless. */
final class UserDirectory {
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");

  private UserDirectory() {}

  /**
   * Creates {@code TMP/zproc-UID/NAME} if need be.
   *
   * @return the directory; empty where it can not be made, or may have been made or changed by
   *     somebody else: the temporary directory is open to all, and others could plant files in it
   */
  static Optional<Path> under(Path temporary, String name) {
    try {
      Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
      Path home = temporary.resolve("zproc-" + uid);
      Path directory = home.resolve(name);
      return isPrivate(home, uid) && isPrivate(directory, uid)
          ? Optional.of(directory)
          : Optional.empty();
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isPrivate(Path directory, Object uid) throws IOException {
    try {
      Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(PRIVATE));
    } catch (FileAlreadyExistsException e) {
      // The checks below decide whether it is good.
    }
    LinkOption here = LinkOption.NOFOLLOW_LINKS;
    return Files.isDirectory(directory, here)
        && uid.equals(Files.getAttribute(directory, "unix:uid", here))
        && EnumSet.copyOf(PRIVATE).containsAll(Files.getPosixFilePermissions(directory, here));
  }
}
