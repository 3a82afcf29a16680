package io.zproc.internal.jvm;

import io.zproc.ZProcException;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether something has failed because this process may not open any more files. That shows in many
 * ways, such as a class that is not found, of which few name the reason. Stateless.
 */
public final class OpenFiles {
  /** To connect takes fewer at once. */
  private static final int ENOUGH = 24;

  private static final String ANY_FILE = System.getProperty("java.home") + "/release";
  private static final String LIMITS = "/proc/self/limits";
  private static final String LIMIT = "Max open files";

  private OpenFiles() {}

  /**
   * The reason in words, or nothing when there are files enough left to open, or another reason is
   * known.
   *
   * @param failure its cause, or null
   */
  public static Optional<ZProcException> explain(Throwable failure) {
    boolean isKnown =
        failure instanceof ZProcException && !(failure.getCause() instanceof IOException);
    if (isKnown || !areShort()) {
      return Optional.empty();
    }
    return Optional.of(
        new ZProcException(
            "this process has as many files open as it may"
                + limit()
                + ", or nearly: raise the limit, as with 'ulimit -n 1024', or close some",
            failure));
  }

  /**
   * Fails if that may be the reason of a failure.
   *
   * @param failure its cause, or null
   * @throws ZProcException when hardly any more files may be opened
   */
  public static void require(Throwable failure) {
    Optional<ZProcException> reason = explain(failure);
    if (reason.isPresent()) {
      throw reason.get();
    }
  }

  private static boolean areShort() {
    List<InputStream> opened = new ArrayList<>();
    try {
      while (opened.size() < ENOUGH) {
        opened.add(new FileInputStream(ANY_FILE));
      }
      return false;
    } catch (IOException e) {
      return String.valueOf(e.getMessage()).contains("Too many open files");
    } finally {
      opened.forEach(OpenFiles::close);
    }
  }

  private static void close(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      // It was only read.
    }
  }

  /** The limit in parentheses, where the operating system tells. */
  private static String limit() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new FileInputStream(LIMITS), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(LIMIT)) {
          return " (" + line.substring(LIMIT.length()).strip().split(" ")[0] + ")";
        }
      }
    } catch (IOException e) {
      // Then without a figure.
    }
    return "";
  }
}
