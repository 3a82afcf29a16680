package io.zproc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Each example, run as a user would, says what it should and ends well. Lines of different
 * processes may come in any order.
 */
@Timeout(90)
class ExamplesTest {

  @Test
  void shouldLoseNoCountWhenProcessesAddAtomically() throws Exception {
    assertThat(Program.run(Atomicity.class)).containsExactly("count: 1000");
  }

  @Test
  void shouldFallOneByOneWhenDominoesWaitForEachOther() throws Exception {
    assertThat(Program.run(ChainReaction.class))
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
    List<String> lines = Program.run(CookieEater.class);
    for (int n = 1; n <= 5; n++) {
      assertThat(lines).containsOnlyOnce("here's a cookie: " + n, "nom nom nom: cookie " + n);
    }
    assertThat(lines).hasSize(10);
  }

  @Test
  void shouldEndWhenANumberIsLucky() throws Exception {
    List<String> lines = Program.run(LuckTest.class);
    assertThat(lines).hasSize(2).contains("that was luck");
    assertThat(lines).anyMatch(line -> line.startsWith("lucky: 0.9"));
  }

  @Test
  void shouldDescendFiveLevels() throws Exception {
    assertThat(Program.run(NestedProcesses.class))
        .containsExactlyInAnyOrder(
            "level 1", "level 2", "level 3", "level 4", "level 5", "deepest: 5, counted: 5");
  }

  @Test
  void shouldMissPeanutsOnlyWhenLive() throws Exception {
    List<String> lines = Program.run(PeanutProcessor.class);
    assertThat(lines).hasSize(2).first().isEqualTo("buffered: 20 of 20");
    assertThat(lines.get(1)).matches("live: 1?\\d of 20");
  }

  @Test
  void shouldTellWhatAProcessThrew() throws Exception {
    assertThat(Program.run(RemoteExceptions.class))
        .containsExactly(
            "exit code 1: java.lang.ArithmeticException: / by zero", "thrown in crumble");
  }

  @Test
  void shouldWakeEveryWatcher() throws Exception {
    assertThat(Program.run(StateWatchers.class))
        .containsExactlyInAnyOrder(
            "it changed",
            "it is below 40",
            "it is 35",
            "it is not 50",
            "there is a buyer",
            "the seller is known",
            "the market is over");
  }

  @Test
  void shouldTellShortPressesFromLongOnes() throws Exception {
    assertThat(Program.run(ButtonPress.class))
        .containsExactly("a SHORT press", "a LONG press", "a SHORT press");
  }

  @Test
  void shouldDownloadPagesInOrder() throws Exception {
    assertThat(Program.run(ParallelDownload.class))
        .isEqualTo(IntStream.rangeClosed(1, 8).mapToObj(n -> "this is /page/" + n).toList());
  }
}
