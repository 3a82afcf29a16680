package io.zproc.tcp.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Commands of the operating system. */
public final class Commands {
  private Commands() {}

  /** Runs one that must succeed. */
  public static void run(String... command) {
    String complaint = tryRun(command);
    if (complaint != null) {
      throw new AssertionError(String.join(" ", command) + ": " + complaint);
    }
  }

  /** Runs one; returns what it says if it fails, else null. */
  public static String tryRun(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? null : said;
    } catch (IOException e) {
      return e.getMessage();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
