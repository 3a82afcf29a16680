package io.zproc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The reference's scenarios at its numbers, with JVMs that start from jars. */
@Timeout(300)
class AcceptanceTest {

  /** Side by side: each of the two waits for one JVM at a time to start. */
  @Test
  void shouldRun250ProcessesOneAfterTheOtherAndNestFiveLevels50Times() throws Exception {
    FutureTask<List<String>> nested =
        new FutureTask<>(() -> Program.run(Acceptance.class, "nested", "50"));
    new Thread(nested, "nested").start();
    List<String> sequential = Program.run(Acceptance.class, "sequential", "250");
    assertThat(nested.get()).containsExactly("right 50, processes 250, left 0");
    assertThat(sequential).containsExactly("right 250, processes 250");
  }

  /**
   * The best of up to twenty tries: a thread that sleeps 600 ms may sleep much longer on a busy
   * machine, and the same run tells how long. None may be early.
   */
  @Test
  void shouldTimeOutAfter600MsWhenProcessesTake500And1000() throws Exception {
    List<String> lines = Program.run(Acceptance.class, "timeout", "0");
    System.out.println("AcceptanceTest " + lines);
    List<String> tries = lines.stream().filter(line -> line.startsWith("timed out ")).toList();
    assertThat(tries)
        .isNotEmpty()
        .allMatch(line -> line.endsWith("[500, 1000]") && millis(line) >= 600)
        .anyMatch(line -> line.contains(" true ") && millis(line) <= Acceptance.LATEST_MS);
  }

  private static long millis(String line) {
    return Long.parseLong(line.split(" ")[2]);
  }
}
