package io.zproc.shm;

import static org.assertj.core.api.Assertions.assertThat;

import io.zproc.Context;
import io.zproc.Pipeline;
import io.zproc.ServerOptions;
import io.zproc.State;
import io.zproc.WaitStrategy;
import io.zproc.Watch;
import io.zproc.WatchOptions;
import io.zproc.shm.testing.TestServer;
import io.zproc.shm.testing.TestThreads;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Watchers that fall asleep just when something is committed. */
class WakeUpTest {
  private static final int ROUNDS = Integer.getInteger("zproc.test.wakeUpRounds", 15);
  private static final int BURST = 4000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /**
   * Each of the two sleeps whenever it has seen everything, in the middle of the other's commits:
   * some tens of thousands of chances to miss a wake-up.
   */
  @Test
  @Timeout(100)
  void shouldMissNoWakeUpWhenCommitsComeWhileFallingAsleep() throws Exception {
    ServerOptions options = ServerOptions.defaults().waitStrategy(WaitStrategy.BLOCKING);
    try (TestServer server = TestServer.start(options);
        Context one = open(server);
        Context two = open(server)) {
      State<String, Object> pings = one.state();
      Watch<String, Object> pongs = pings.watch(WatchOptions.buffered(), "pong");
      CompletableFuture<Void> echo = echo(two.state());
      for (int round = 0; round < ROUNDS; round++) {
        try (Pipeline<String, Object> pipeline = pings.pipeline()) {
          for (int i = 0; i < BURST; i++) {
            pipeline.putLong("ping", (long) round * BURST + i);
          }
        }
        for (int i = 0; i < BURST; i++) {
          long expected = (long) round * BURST + i;
          assertThat(pongs.next(PATIENCE).after().get("pong")).isEqualTo(expected);
        }
      }
      echo.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private static CompletableFuture<Void> echo(State<String, Object> state) {
    Watch<String, Object> pings = state.watch(WatchOptions.buffered(), "ping");
    return CompletableFuture.runAsync(
        () -> {
          for (int i = 0; i < ROUNDS * BURST; i++) {
            state.put("pong", pings.next(PATIENCE).after().get("ping"));
          }
        },
        TestThreads::start);
  }

  private static Context open(TestServer server) {
    return Context.builder().address(server.address()).waitStrategy(WaitStrategy.BLOCKING).open();
  }
}
