package io.zproc.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zproc.Context;
import io.zproc.Pipeline;
import io.zproc.ServerOptions;
import io.zproc.State;
import io.zproc.WaitStrategy;
import io.zproc.Watch;
import io.zproc.WatchOptions;
import io.zproc.shm.internal.layout.ControlDescriptor;
import io.zproc.shm.internal.os.MappedFile;
import io.zproc.shm.internal.os.Memory;
import io.zproc.shm.testing.TestServer;
import io.zproc.shm.testing.TestThreads;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Watchers that fall asleep just when something is committed. */
class WakeUpTest {
  private static final int ROUNDS = Integer.getInteger("zproc.test.wakeUpRounds", 15);
  private static final int BURST = 4000;
  private static final int KILLS = 8;

  /** Without help the server sleeps for up to a second. */
  private static final Duration LONGEST_STALL = Duration.ofMillis(300);

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration A_MOMENT = Duration.ofMillis(100);

  /**
   * Each of the two sleeps whenever it has seen everything, in the middle of the other's commits:
   * some tens of thousands of chances to miss a wake-up.
   */
  @Test
  @Timeout(100)
  void shouldMissNoWakeUpWhenCommitsComeWhileFallingAsleep() throws Exception {
    ServerOptions options = ServerOptions.defaults().waitStrategy(WaitStrategy.BLOCKING);
    try (TestServer server = TestServer.start(options);
        Context one = open(server, WaitStrategy.BLOCKING);
        Context two = open(server, WaitStrategy.BLOCKING)) {
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

  /** A client that is killed between lowering the server's flag and waking it leaves it asleep. */
  @ParameterizedTest
  @EnumSource(WaitStrategy.class)
  @Timeout(100)
  void shouldServeOthersSoonWhenOneWasKilledWhileItWokeTheServer(WaitStrategy strategy) {
    ServerOptions options = ServerOptions.defaults().waitStrategy(WaitStrategy.BLOCKING);
    try (TestServer server = TestServer.start(options);
        Context context = open(server, strategy)) {
      State<String, Object> state = context.state();
      MappedFile control =
          MappedFile.open(server.directory().resolve("control"), ControlDescriptor.LENGTH);
      long parked = control.address() + ControlDescriptor.SERVER_PARKED_OFFSET;
      long[] stalls = new long[KILLS];
      for (int i = 0; i < KILLS; i++) {
        // Not as soon as it raises the flag: it is to be asleep.
        await().pollDelay(A_MOMENT).until(() -> Memory.compareAndSetInt(parked, 1, 0));
        long start = System.nanoTime();
        state.put("key", i);
        stalls[i] = System.nanoTime() - start;
      }
      Reference.reachabilityFence(control);
      Arrays.sort(stalls);
      System.out.printf("wake-up lost with its client: to %.1f ms%n", stalls[KILLS - 1] / 1e6);
      // Without help each would be long; on a busy machine one may be.
      assertThat(Duration.ofNanos(stalls[KILLS / 2])).isLessThan(LONGEST_STALL);
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

  private static Context open(TestServer server, WaitStrategy strategy) {
    return Context.builder().address(server.address()).waitStrategy(strategy).open();
  }
}
