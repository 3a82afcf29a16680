package io.zproc.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.State;
import io.zproc.shm.testing.TestServer;
import io.zproc.shm.testing.TestThreads;
import io.zproc.shm.testing.Wire;
import io.zproc.shm.testing.WorkerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients are killed at random moments while others work. */
class ClientDeathTest {
  private static final int KILLS = Integer.getInteger("zproc.test.clientKills", 32);
  private static final Duration LONGEST_STALL =
      Duration.ofMillis(Integer.getInteger("zproc.test.longestStallMs", 1000));
  private static final int MAX_RANDOM_MS = 60;
  private static final int AT_ONCE = 2;

  /** As many idle JVMs as a small machine has memory for. */
  private static final int WAVE = 16;

  private static final String[] MODES = {
    "put", "exclusive", "slow-exclusive", "atomic", "lookup", "pipeline", "snapshot", "large"
  };

  @RegisterExtension static final TestServer SERVER = TestServer.of(ServerBackend.PROCESS);

  @Test
  @Timeout(180)
  void shouldLoseNothingAndStallNobodyWhenClientsAreKilled() {
    long seed = Long.getLong("zproc.test.seed", ThreadLocalRandom.current().nextInt(1_000_000));
    System.out.println("client kills: seed " + seed);
    Random random = new Random(seed);
    Map<String, Long> acknowledged = new HashMap<>();
    for (int first = 0; first < KILLS; first += WAVE) {
      killWave(first, Math.min(first + WAVE, KILLS), random, acknowledged);
    }
    assertThat(acknowledged).hasSize(KILLS);
    try (Context context = SERVER.open()) {
      State<String, Object> state = context.state("kills");
      acknowledged.forEach(
          (key, value) -> assertThat(state.getLong(key, 0)).as(key).isGreaterThanOrEqualTo(value));
      System.out.println("client kills: acknowledged " + acknowledged);
      awaitOnlyMySessions();
    }
  }

  /** All are started before the survivors take the processors. */
  private static void killWave(int first, int end, Random random, Map<String, Long> acknowledged) {
    Map<String, WorkerProcess> victims = new LinkedHashMap<>();
    for (int i = first; i < end; i++) {
      String mode = MODES[i % MODES.length];
      String key = mode + "-" + i;
      victims.put(key, WorkerProcess.start(SERVER, "kills", "count", mode, key));
    }
    WorkerProcess one = WorkerProcess.start(SERVER, "kills", "survive", "one");
    WorkerProcess two = WorkerProcess.start(SERVER, "kills", "survive", "two");
    try (Context context = SERVER.open()) {
      State<String, Object> state = context.state("kills");
      victims.values().forEach(victim -> victim.await("ready"));
      WorkerProcess.goTogether(List.of(one, two));
      List<Long> killedAt = new ArrayList<>();
      List<String> keys = List.copyOf(victims.keySet());
      for (int i = 0; i < keys.size(); i += AT_ONCE) {
        List<String> some = keys.subList(i, Math.min(i + AT_ONCE, keys.size()));
        killSome(some, victims, random, acknowledged, killedAt);
      }
      checkSurvivor(one, "one", state, killedAt);
      checkSurvivor(two, "two", state, killedAt);
    } finally {
      victims.values().forEach(WorkerProcess::close);
      one.close();
      two.close();
    }
  }

  private static void killSome(
      List<String> keys,
      Map<String, WorkerProcess> victims,
      Random random,
      Map<String, Long> acknowledged,
      List<Long> killedAt) {
    keys.forEach(key -> victims.get(key).begin());
    for (String key : keys) {
      WorkerProcess victim = victims.get(key);
      victim.await("1");
      // Not to wait for something, but to kill at whatever moment.
      LockSupport.parkNanos(random.nextInt(MAX_RANDOM_MS) * 1_000_000L);
      acknowledged.put(key, Math.max(1, victim.kill()));
      killedAt.add(victim.killedAtNs());
    }
  }

  private static void checkSurvivor(
      WorkerProcess survivor, String key, State<String, Object> state, List<Long> killedAt) {
    survivor.stop();
    long last = Long.parseLong(survivor.await("last"));
    long gap = Long.parseLong(survivor.await("longest-gap-ns"));
    long stall = longestStall(survivor.await("gaps"), killedAt);
    survivor.finish();
    System.out.printf(
        "client kills: survivor %s put %d times, longest stall after a death %.1f ms,"
            + " longest gap for whatever reason %.1f ms%n",
        key, last, stall / 1e6, gap / 1e6);
    assertThat(state.getLong(key, 0)).isEqualTo(last);
    assertThat(Duration.ofNanos(stall)).isLessThan(LONGEST_STALL);
  }

  /** How long after a kill it took to the next acknowledged put, at most. */
  private static long longestStall(String gaps, List<Long> killedAt) {
    long longest = 0;
    for (String gap : gaps.isEmpty() ? new String[0] : gaps.split(",")) {
      long start = Long.parseLong(gap.substring(0, gap.indexOf(' ')));
      long end = Long.parseLong(gap.substring(gap.indexOf(' ') + 1));
      for (long kill : killedAt) {
        if (start <= kill && kill < end) {
          longest = Math.max(longest, end - kill);
        }
      }
    }
    return longest;
  }

  /** This client's own session is the only one that the server still has. */
  private static void awaitOnlyMySessions() {
    try (Wire wire = Wire.connect(SERVER)) {
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () -> {
                // That of the test's context, and that of the wire.
                assertThat(wire.statistics().get("sessions")).isEqualTo("2");
                assertThat(sessionFiles()).hasSize(2);
              });
    }
  }

  private static List<Path> sessionFiles() throws IOException {
    try (Stream<Path> files = Files.list(SERVER.directory().resolve("sessions"))) {
      return files.toList();
    }
  }

  @RepeatedTest(3)
  @Timeout(60)
  void shouldGoOnAtOnceWhenTheHolderOfTheTurnIsKilled() throws Exception {
    WorkerProcess holder = WorkerProcess.start(SERVER, "turns", "hold-turn");
    try (Context context = SERVER.open()) {
      State<String, Object> state = context.state("turns");
      state.put("a", 0);
      holder.go();
      holder.await("held");
      CompletableFuture<Long> acknowledged =
          CompletableFuture.supplyAsync(
              () -> {
                state.put("a", 1);
                return System.nanoTime();
              },
              TestThreads::start);
      holder.kill();
      double ms = (acknowledged.get(30, TimeUnit.SECONDS) - holder.killedAtNs()) / 1e6;
      System.out.printf("turn: put acknowledged %.1f ms after the holder was killed%n", ms);
      assertThat(ms).isLessThan(LONGEST_STALL.toMillis());
    } finally {
      holder.close();
    }
  }

  @Test
  @Timeout(60)
  void shouldForgetTheQueuedWhenOneThatWaitsForTheTurnIsKilled() {
    WorkerProcess holder = WorkerProcess.start(SERVER, "queue", "hold-turn");
    WorkerProcess killed = WorkerProcess.start(SERVER, "queue", "ask-turn");
    WorkerProcess waiting = WorkerProcess.start(SERVER, "queue", "ask-turn");
    try (Context context = SERVER.open()) {
      State<String, Object> state = context.state("queue");
      holder.go();
      holder.await("held");
      killed.go();
      killed.await("asking");
      waiting.go();
      waiting.await("asking");
      killed.kill();
      holder.stop();
      holder.finish();
      waiting.finish();
      assertThat(state.get("asked")).isEqualTo(true);
    } finally {
      holder.close();
      killed.close();
      waiting.close();
    }
  }
}
