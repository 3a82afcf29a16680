package io.zproc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class DemoCommandTest {
  private static final String MOST_PEANUTS = "3000";

  @TempDir private Path directory;

  @Test
  void shouldEndWellAndLeaveNothingWhenTheStoryIsTold() throws Exception {
    try (Child demo = Child.start(directory, Map.of(), "demo", "--peanuts", "100")) {
      Path shared = sharedDirectory(demo.readLine());
      List<String> lines = demo.readLines();
      assertThat(demo.awaitExit()).as(lines + demo.complaints()).isZero();
      assertThat(lines)
          .anyMatch(line -> line.matches("live consumer got: \\d+"))
          .anyMatch(line -> line.matches("hybrid +\\d+ +\\d+ +\\d+ +\\d+"))
          .anyMatch(line -> line.matches("buffered +100 +0 +\\d+ +\\d+"))
          .endsWith("The buffered consumer missed nothing.");
      assertThat(shared).doesNotExist();
    }
  }

  @Test
  void shouldTakeItsProcessesAlongWhenItIsKilled() throws Exception {
    try (Child demo = Child.start(directory, Map.of(), "demo", "--peanuts", MOST_PEANUTS)) {
      Path shared = sharedDirectory(demo.readLine());
      String line = demo.readLine();
      while (line != null && !line.startsWith("generator")) {
        line = demo.readLine();
      }
      List<ProcessHandle> children = demo.process().children().toList();
      assertThat(children).hasSize(5);

      demo.process().destroyForcibly();

      demo.awaitExit();
      children.forEach(child -> child.onExit().orTimeout(60, TimeUnit.SECONDS).join());
      assertThat(shared).doesNotExist();
    }
  }

  private static Path sharedDirectory(String firstLine) {
    assertThat(firstLine).matches("The server is process \\d+ at ipc://.+\\.");
    String address = firstLine.substring(firstLine.indexOf("ipc://"), firstLine.length() - 1);
    Path shared = Path.of(address.substring("ipc://".length()));
    assertThat(Files.isDirectory(shared)).isTrue();
    return shared;
  }
}
