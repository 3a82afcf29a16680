package io.zproc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zproc.internal.jvm.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The command as a process of its own, which is gone when this is closed, with all its children.
 */
final class Child implements AutoCloseable {
  private static final long PATIENCE_S = 90;

  private final Process process;
  private final BufferedReader out;
  private final Path err;

  private Child(Process process, Path err) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.err = err;
  }

  static Child start(Path directory, Map<String, String> environment, String... args)
      throws IOException {
    ProcessBuilder builder =
        JavaCommand.of(Main.class.getName())
            .archive(true)
            .shortLived()
            .arguments(args)
            .toProcessBuilder();
    builder.environment().putAll(environment);
    Path err = Files.createTempFile(directory, "err", ".txt");
    return new Child(builder.redirectError(err.toFile()).start(), err);
  }

  Process process() {
    return process;
  }

  String readLine() throws IOException {
    return out.readLine();
  }

  /** What it still prints until it ends. */
  List<String> readLines() {
    return out.lines().toList();
  }

  int awaitExit() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  String complaints() throws IOException {
    return Files.readString(err);
  }

  @Override
  public void close() {
    List<ProcessHandle> all = process.descendants().toList();
    process.destroyForcibly();
    process.onExit().orTimeout(PATIENCE_S, TimeUnit.SECONDS).join();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(handle -> handle.onExit().orTimeout(PATIENCE_S, TimeUnit.SECONDS).join());
  }
}
