package io.zproc.benchmarks.floor;

import io.zproc.internal.jvm.JavaCommand;
import java.io.IOException;

/** A JVM that starts, does nothing, and ends: what any process in Java takes. */
public final class BareJvm {
  private BareJvm() {}

  public static void main(String[] arguments) {
    // Nothing is all there is to do.
  }

  /** Starts one after the other and waits for its end. */
  public static void startAndAwait(int times) throws IOException, InterruptedException {
    for (int i = 0; i < times; i++) {
      Process process =
          JavaCommand.of(BareJvm.class.getName())
              .toProcessBuilder()
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor() != 0) {
        throw new IOException("a bare JVM ended with exit code " + process.exitValue());
      }
    }
  }
}
