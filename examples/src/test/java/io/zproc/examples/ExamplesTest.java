package io.zproc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.zproc.internal.jvm.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Each example, run as a user would, says what it should and ends well. Lines of different
 * processes may come in any order.
 */
@Timeout(90)
class ExamplesTest {

  private static List<String> run(Class<?> example) throws IOException, InterruptedException {
    Process process =
        JavaCommand.of(example.getName())
            .archive(true)
            .shortLived()
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

  @Test
  void shouldLoseNoCountWhenProcessesAddAtomically() throws Exception {
    assertThat(run(Atomicity.class)).containsExactly("count: 1000");
  }

  @Test
  void shouldFallOneByOneWhenDominoesWaitForEachOther() throws Exception {
    assertThat(run(ChainReaction.class))
        .containsExactlyInAnyOrder(
            "domino 0 falls",
            "domino 1 falls",
            "domino 2 falls",
            "domino 3 falls",
            "domino 4 falls",
            "fallen: 5");
  }

  @Test
  void shouldEatEachCookieOnce() throws Exception {
    List<String> lines = run(CookieEater.class);
    for (int n = 1; n <= 5; n++) {
      assertThat(lines).containsOnlyOnce("here's a cookie: " + n, "nom nom nom: cookie " + n);
    }
    assertThat(lines).hasSize(10);
  }

  @Test
  void shouldEndWhenANumberIsLucky() throws Exception {
    List<String> lines = run(LuckTest.class);
    assertThat(lines).hasSize(2).contains("that was luck");
    assertThat(lines).anyMatch(line -> line.startsWith("lucky: 0.9"));
  }

  @Test
  void shouldDescendFiveLevels() throws Exception {
    assertThat(run(NestedProcesses.class))
        .containsExactlyInAnyOrder(
            "level 1", "level 2", "level 3", "level 4", "level 5", "deepest: 5, counted: 5");
  }

  @Test
  void shouldMissPeanutsOnlyWhenLive() throws Exception {
    List<String> lines = run(PeanutProcessor.class);
    assertThat(lines).hasSize(2).first().isEqualTo("buffered: 20 of 20");
    assertThat(lines.get(1)).matches("live: 1?\\d of 20");
  }

  @Test
  void shouldTellWhatAProcessThrew() throws Exception {
    assertThat(run(RemoteExceptions.class))
        .containsExactly(
            "exit code 1: java.lang.ArithmeticException: / by zero", "thrown in crumble");
  }

  @Test
  void shouldWakeEveryWatcher() throws Exception {
    assertThat(run(StateWatchers.class))
        .containsExactlyInAnyOrder(
            "the price changed",
            "the price is below 40",
            "the price is 35",
            "the price is not 50",
            "there is a buyer",
            "the seller is known",
            "the shop is empty");
  }

  @Test
  void shouldTellShortPressesFromLongOnes() throws Exception {
    assertThat(run(ButtonPress.class))
        .containsExactly("a SHORT press", "a LONG press", "a SHORT press");
  }

  @Test
  void shouldDownloadPagesInOrder() throws Exception {
    assertThat(run(ParallelDownload.class))
        .isEqualTo(IntStream.rangeClosed(1, 8).mapToObj(n -> "this is /page/" + n).toList());
  }
}
