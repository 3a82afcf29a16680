package io.zproc.tcp;

import io.zproc.tcp.testing.Chaos;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing is lost and nothing done twice, whatever the network does. */
class ChaosTest {
  @Test
  @Timeout(120)
  void shouldApplyEachIncrementOnceWhenFramesAreMistreatedAndTheServerIsKilled() throws Exception {
    System.err.println(Chaos.run(System.nanoTime(), Duration.ofSeconds(12), Duration.ofSeconds(4)));
  }
}
