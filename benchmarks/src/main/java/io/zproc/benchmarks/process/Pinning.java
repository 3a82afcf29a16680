package io.zproc.benchmarks.process;

import java.io.IOException;

/** Keeps this process, and the children it starts afterwards, on one core, with {@code taskset}. */
public final class Pinning {
  private static final String FIRST_CORE = "0";

  private Pinning() {}

  /**
   * @throws IOException when there is no {@code taskset}, or it refuses
   */
  public static void toOneCore() throws IOException, InterruptedException {
    String pid = Long.toString(ProcessHandle.current().pid());
    int exit =
        new ProcessBuilder("taskset", "-a", "-c", "-p", FIRST_CORE, pid)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IOException("taskset could not pin this process: exit status " + exit);
    }
  }
}
