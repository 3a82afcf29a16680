package io.zproc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The reference's scenarios at its numbers, with JVMs that start from jars. */
@Timeout(300)
class AcceptanceTest {

  @Test
  void shouldRun250ProcessesOneAfterTheOther() throws Exception {
    assertThat(Program.run(Acceptance.class, "sequential", "250"))
        .containsExactly("right 250, processes 250");
  }

  @Test
  void shouldNestFiveLevels50TimesAndLeaveNoProcess() throws Exception {
    assertThat(Program.run(Acceptance.class, "nested", "50"))
        .containsExactly("right 50, processes 250, left 0");
  }

  /**
   * The best of five tries: a thread that sleeps 600 ms may sleep much longer on a busy machine,
   * and the same run tells how long. None may be early.
   */
  @Test
  void shouldTimeOutAfter600MsWhenProcessesTake500And1000() throws Exception {
    List<String> lines = Program.run(Acceptance.class, "timeout", "0");
    System.out.println("AcceptanceTest " + lines);
    List<String> tries = lines.stream().filter(line -> line.startsWith("timed out ")).toList();
    assertThat(tries)
        .hasSize(5)
        .allMatch(line -> line.endsWith("[500, 1000]") && millis(line) >= 600)
        .anyMatch(line -> line.contains(" true ") && millis(line) <= 660);
  }

  private static long millis(String line) {
    return Long.parseLong(line.split(" ")[2]);
  }
}
