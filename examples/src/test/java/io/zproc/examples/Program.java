package io.zproc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.zproc.internal.jvm.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs main classes in a JVM of their own, from jars, as a user would. */
final class Program {
  private Program() {}

  /** What it printed, line by line; it has to end well. */
  static List<String> run(Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    Process process =
        JavaCommand.of(main.getName())
            .archive(true)
            .shortLived()
            .arguments(arguments)
            .toProcessBuilder()
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      List<String> lines = out.lines().toList();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("ended").isTrue();
      assertThat(process.exitValue()).isZero();
      return lines;
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
