package io.zproc.benchmarks.process;

import io.zproc.internal.jvm.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A JVM that plays a {@link Role}. It ends when its standard input does, so with this JVM. */
public final class Child implements AutoCloseable {
  private final Process process;

  private Child(Process process) {
    this.process = process;
  }

  /** Starts it, without waiting until it is ready. */
  public static Child start(Class<? extends Role> role, String... arguments) throws IOException {
    return new Child(
        JavaCommand.of(ChildMain.class.getName())
            .arguments(role.getName())
            .arguments(arguments)
            .toProcessBuilder()
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** Returns when it is ready. */
  public Child awaitReady() throws IOException {
    String line =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
            .readLine();
    if (!ChildMain.READY.equals(line)) {
      process.destroyForcibly();
      throw new IOException("a child process did not get ready, but said: " + line);
    }
    return this;
  }

  public long pid() {
    return process.pid();
  }

  /**
   * To be asked when it has been measured.
   *
   * @throws IOException when it has ended, so that what was measured beside it is wrong
   */
  public void requireAlive() throws IOException {
    if (!process.isAlive()) {
      throw new IOException(
          "a child process has ended with " + process.exitValue() + " while it was needed");
    }
  }

  /** Ends it and waits for that. */
  @Override
  public void close() throws IOException {
    Ending.of(process);
  }
}
