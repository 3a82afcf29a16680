package io.zproc.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where the secret key comes from: a file, or else {@code ZPROC_SECRET_KEY} of the environment. Not
 * from the arguments, which everybody on the host can read. Stateless.
 */
final class SecretKey {
  static final String VARIABLE = "ZPROC_SECRET_KEY";

  private SecretKey() {}

  /**
   * @param file null for none
   * @return null when there is no key
   * @throws UsageException when the file can not be read, or is empty
   */
  static String of(Path file, Map<String, String> environment) {
    String key = file == null ? environment.get(VARIABLE) : read(file);
    return key == null || key.isEmpty() ? null : key;
  }

  private static String read(Path file) {
    try {
      String key = Files.readString(file).strip();
      if (key.isEmpty()) {
        throw new UsageException(file + " is empty; it should hold the secret key");
      }
      return key;
    } catch (IOException e) {
      throw new UsageException("can not read the secret key from " + file + ": " + e, e);
    }
  }
}
