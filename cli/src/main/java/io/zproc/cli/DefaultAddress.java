package io.zproc.cli;

import io.zproc.AddressException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where the server is when no address is given: {@code ZPROC_ADDRESS} of the environment, or else a
 * fixed directory of this user in memory, {@code /dev/shm/zproc-UID-default}.
 *
 * <p>It lies beside {@code /dev/shm/zproc-UID}, not in it: what is in there goes with its server,
 * while this one keeps its content when its server stops, until the host does. Stateless.
 */
final class DefaultAddress {
  static final String VARIABLE = "ZPROC_ADDRESS";
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final Path SELF = Path.of("/proc/self");

  private DefaultAddress() {}

  /**
   * @throws AddressException when the directory belongs to somebody else, who may have made it to
   *     read what is meant for this user's own server
   */
  static String of(Map<String, String> environment) {
    String address = environment.get(VARIABLE);
    if (address != null && !address.isBlank()) {
      return address;
    }
    Path directory = directory();
    if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS) && !isOurs(directory)) {
      throw new AddressException(
          directory + " belongs to another user: give an address, or set " + VARIABLE);
    }
    return "ipc://" + directory;
  }

  private static Path directory() {
    Path base = Files.isWritable(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
    return base.resolve("zproc-" + user() + "-default");
  }

  private static Object user() {
    try {
      return Files.getAttribute(SELF, "unix:uid");
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return System.getProperty("user.name");
    }
  }

  private static boolean isOurs(Path directory) {
    try {
      return !Files.exists(SELF)
          || Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
              && Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(SELF));
    } catch (IOException e) {
      return false;
    }
  }
}
