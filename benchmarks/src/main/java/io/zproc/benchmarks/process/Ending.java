package io.zproc.benchmarks.process;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Ending a process that ends by itself when its standard input does. Stateless. */
public final class Ending {
  private static final long TIMEOUT_S = 5;

  private Ending() {}

  /** Closes its input and waits until it is gone, with force in the end. */
  public static void of(Process process) throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
