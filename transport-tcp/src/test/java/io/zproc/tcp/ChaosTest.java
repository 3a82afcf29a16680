package io.zproc.tcp;

import io.zproc.tcp.testing.Chaos;
import io.zproc.tcp.testing.Protection;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing is lost and nothing done twice, whatever the network does. */
class ChaosTest {
  @ParameterizedTest
  @EnumSource(names = {"SIGNED", "ENCRYPTED"})
  @Timeout(120)
  void shouldApplyEachIncrementOnceWhenFramesAreMistreatedAndTheServerIsKilled(
      Protection protection) throws Exception {
    Duration all = Duration.ofSeconds(9);
    System.err.println(Chaos.run(protection, System.nanoTime(), all, Duration.ofSeconds(3)));
  }
}
