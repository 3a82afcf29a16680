package io.zproc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.zproc.internal.jvm.JavaCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether the program runs through and says something; figures are for people to judge. */
@Timeout(120)
class MainTest {

  private record Result(int exit, String out) {}

  private static Result run(String... arguments) throws Exception {
    Process process =
        JavaCommand.of(Main.class.getName())
            .arguments(arguments)
            .toProcessBuilder()
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return new Result(process.exitValue(), out);
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<Map<String, Object>> rows(Result result) {
    assertThat(result.exit()).isZero();
    Map<?, ?> json = (Map<?, ?>) JsonParser.parse(result.out());
    assertThat(json.keySet().stream().map(Object::toString))
        .contains("machine", "strategies", "notes", "rows");
    return castRows(json.get("rows"));
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> castRows(Object rows) {
    return (List<Map<String, Object>>) rows;
  }

  private static void assertMeasured(List<Map<String, Object>> rows) {
    assertThat(rows)
        .isNotEmpty()
        .allSatisfy(
            row -> {
              assertThat((Double) row.get("count")).isPositive();
              assertThat((Double) row.get("median")).isPositive();
              assertThat((Double) row.get("ratio")).isPositive();
            });
  }

  @Test
  void shouldMeasureBetweenProcesses() throws Exception {
    List<Map<String, Object>> rows =
        rows(run("--json", "--quick", "--strategy", "BLOCKING", "--only", "put,watch,increment"));
    assertMeasured(rows);
    assertThat(rows).extracting(row -> row.get("group")).contains("put", "watch", "increment");
    assertThat(rows).extracting(row -> row.get("kind")).contains("ZPROC", "FLOOR", "PEER");
  }

  @Test
  void shouldMeasureReadingAndBacklogs() throws Exception {
    assertMeasured(
        rows(
            run(
                "--json",
                "--quick",
                "--strategy",
                "SPIN_THEN_BLOCK",
                "--only",
                "read,pipeline,drain")));
  }

  @Test
  void shouldMeasureMaps() throws Exception {
    assertMeasured(
        rows(run("--json", "--quick", "--strategy", "SPIN_THEN_BLOCK", "--only", "map")));
  }

  @Test
  void shouldMeasureProcesses() throws Exception {
    assertMeasured(
        rows(run("--json", "--quick", "--strategy", "SPIN_THEN_BLOCK", "--only", "processes")));
  }

  @Test
  void shouldMeasureRemoteClientsBesideABareEcho() throws Exception {
    List<Map<String, Object>> rows =
        rows(run("--json", "--quick", "--remote", "--strategy", "BLOCKING", "--only", "put,drain"));
    assertMeasured(rows);
    assertThat(rows).extracting(row -> row.get("kind")).contains("ZPROC", "FLOOR");
  }

  @Test
  void shouldPrintTableAndLeaveNothingBehind() throws Exception {
    List<Path> before = workspaces();
    Result result = run("--quick", "--strategy", "BLOCKING", "--only", "put");
    assertThat(result.exit()).isZero();
    assertThat(result.out()).contains("cores", "JVM flags", "State.putLong", "futex ping-pong *");
    assertThat(before).containsAll(workspaces());
  }

  private static List<Path> workspaces() throws IOException {
    Path parent = Path.of(Files.isWritable(Path.of("/dev/shm")) ? "/dev/shm" : "/tmp");
    try (Stream<Path> children = Files.list(parent)) {
      return children.filter(p -> p.getFileName().toString().startsWith("zproc-bench-")).toList();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--pin --strategy BUSY_SPIN, who spins on the only core",
    "--only nothing, --only nothing is none of read",
    "--only '', is none of read",
    "--strategy hoping, '--strategy=hoping is none of [BLOCKING, SPIN_THEN_BLOCK, BUSY_SPIN]'",
    "--stopped 0, --stopped=0 is below 1",
    "fast, 'unknown: fast'"
  })
  void shouldRefuseWhatMakesNoSense(String line, String sentence) {
    StringWriter err = new StringWriter();
    int status = Main.commandLine().setErr(new PrintWriter(err)).execute(line.split(" "));
    assertThat(status).isEqualTo(2);
    assertThat(err.toString()).contains(sentence);
  }
}
