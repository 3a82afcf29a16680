package io.zproc.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.zproc.Context;
import io.zproc.Pipeline;
import io.zproc.ServerDownException;
import io.zproc.ServerOptions;
import io.zproc.State;
import io.zproc.Update;
import io.zproc.Watch;
import io.zproc.WatchOptions;
import io.zproc.ZProcTimeoutException;
import io.zproc.shm.testing.TestServer;
import io.zproc.shm.testing.TestThreads;
import io.zproc.shm.testing.WorkerProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server is killed, and another one takes its directory. */
@Timeout(100)
class ServerDeathTest {
  private static final int KILLS = Integer.getInteger("zproc.test.serverKills", 10);
  private static final int MAX_RANDOM_MS = 400;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void shouldTellByTheDeadlineWhenTheServerIsDead() {
    try (TestServer server = TestServer.start();
        Context context = server.open(Duration.ofMillis(300))) {
      State<String, Object> state = context.state();
      state.put("a", 1);
      long pid = server.pid();
      server.kill();
      long start = System.nanoTime();
      assertThatThrownBy(() -> state.put("a", 2))
          .isInstanceOf(ServerDownException.class)
          .hasMessageContaining("300 ms")
          .hasMessageContaining(server.address())
          .hasMessageContaining("pid " + pid)
          .hasMessageContaining("dead");
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(290), Duration.ofSeconds(3));
      assertThatThrownBy(
              () -> state.getWhenChange(WatchOptions.live().timeout(Duration.ofMillis(300))))
          .isInstanceOf(ServerDownException.class);
      assertThatThrownBy(() -> context.ping(Duration.ofMillis(200)))
          .isInstanceOf(ServerDownException.class);
      assertThatThrownBy(server::open)
          .isInstanceOf(ServerDownException.class)
          .hasMessageContaining("start one there first");
      server.restart();
      assertThat(state.put("a", 3)).isIn(1, 2);
    }
  }

  @Test
  void shouldLeaveNothingWhenAContextCanNotBeOpened() throws Exception {
    try (TestServer server = TestServer.start();
        Context other = server.open(PATIENCE)) {
      String sessions = other.statistics().get("sessions");
      signal("-STOP", server.pid());
      try {
        assertThatThrownBy(
                Context.builder()
                        .address(server.address())
                        .timeout(Duration.ofMillis(300))
                        .spareProcesses(1)
                    ::open)
            .isInstanceOf(ZProcTimeoutException.class);
      } finally {
        signal("-CONT", server.pid());
      }
      assertThat(Thread.getAllStackTraces().keySet())
          .extracting(Thread::getName)
          .doesNotContain("zproc-spares");
      await()
          .untilAsserted(() -> assertThat(other.statistics().get("sessions")).isEqualTo(sessions));
    }
  }

  private static void signal(String name, long pid) throws Exception {
    assertThat(new ProcessBuilder("kill", name, Long.toString(pid)).start().waitFor()).isZero();
  }

  @Test
  void shouldHaveEverythingAcknowledgedWhenAnotherServerTakesTheDirectory() {
    try (TestServer server = TestServer.start();
        Context context = server.open(PATIENCE)) {
      State<String, Object> state = context.state("kept");
      State<String, Object> other = context.state("other");
      IntStream.range(0, 5000).forEach(i -> state.put("k" + i, i));
      state.put("large", "x".repeat(100_000));
      state.put("null", null);
      state.remove("k7");
      state.replace("k8", 8, List.of(8));
      other.put("a", 1);
      other.clear();
      other.put("b", Map.of("c", 2));
      Map<String, Object> before = Map.copyOf(other.copy());
      long revision = state.revision();
      server.kill();
      server.restart();
      assertThat(state).hasSize(5001).containsEntry("k9", 9).doesNotContainKey("k7");
      assertThat(state.get("k8")).isEqualTo(List.of(8));
      assertThat((String) state.get("large")).hasSize(100_000);
      assertThat(state.copy()).containsEntry("null", null).hasSize(5001);
      assertThat(other.copy()).isEqualTo(before);
      assertThat(state.revision()).isGreaterThan(revision);
    }
  }

  @Test
  void shouldGoOnWithWhatIsOpenWhenAnotherServerTakesTheDirectory() throws Exception {
    try (TestServer server = TestServer.start();
        Context context = server.open(PATIENCE);
        Context writer = server.open(PATIENCE)) {
      State<String, Object> state = context.state("open");
      State<String, Object> other = writer.state("open");
      Watch<String, Object> watch = state.watch();
      Pipeline<String, Object> pipeline = other.pipeline();
      pipeline.put("a", 1);
      pipeline.flush();
      assertThat(watch.next(PATIENCE).after()).isEqualTo(Map.of("a", 1));
      CompletableFuture<Update<String, Object>> next =
          CompletableFuture.supplyAsync(() -> watch.next(PATIENCE), TestThreads::start);
      server.kill();
      pipeline.put("a", 2);
      CompletableFuture<Object> put =
          CompletableFuture.supplyAsync(() -> other.put("b", 1), TestThreads::start);
      server.restart();
      assertThat(pipeline.flush()).isPositive();
      assertThat(put.get(60, TimeUnit.SECONDS)).isNull();
      assertThat(next.get(60, TimeUnit.SECONDS).before()).isEqualTo(Map.of("a", 1));
      watch.next(PATIENCE);
      assertThat(watch.poll()).isNull();
      assertThat(state.copy()).isEqualTo(Map.of("a", 2, "b", 1));
      pipeline.close();
    }
  }

  @Test
  @Timeout(180)
  void shouldApplyEachCommandOnceWhenServersAreKilledUnderLoad() throws Exception {
    try (TestServer server = TestServer.start()) {
      killUnderLoad(server, 0);
    }
  }

  @Test
  @Timeout(180)
  void shouldApplyEachCommandOnceWhenServersAreKilledWhileTheirJournalIsTrimmed() throws Exception {
    try (TestServer server = TestServer.start(ServerOptions.defaults().maxJournalBytes(32 << 20))) {
      killUnderLoad(server, 64 << 10);
    }
  }

  /**
   * @param ballast bytes that another client writes again and again, as fast as the watcher
   *     follows, until the journal has been trimmed; or 0
   */
  private static void killUnderLoad(TestServer server, int ballast) throws Exception {
    long seed = Long.getLong("zproc.test.seed", ThreadLocalRandom.current().nextInt(1_000_000));
    System.out.println("server kills: seed " + seed);
    Random random = new Random(seed);
    try (Context context = server.open(PATIENCE);
        WorkerProcess adding = WorkerProcess.start(server, "load", "add", "total");
        WorkerProcess pipelining = WorkerProcess.start(server, "load", "add-pipelined", "piped")) {
      State<String, Object> state = context.state("load");
      Watch<String, Object> watch = state.watchAll(WatchOptions.buffered().includeOwn());
      WorkerProcess.goTogether(List.of(adding, pipelining));
      CompletableFuture<long[]> watched =
          CompletableFuture.supplyAsync(() -> follow(watch), TestThreads::start);
      CompletableFuture<Void> weighing =
          CompletableFuture.runAsync(
              () -> weigh(context, watch, watched, ballast), TestThreads::start);
      for (int kill = 0; kill < KILLS; kill++) {
        // Not to wait for something, but to kill at whatever moment.
        LockSupport.parkNanos(random.nextInt(MAX_RANDOM_MS) * 1_000_000L);
        server.kill();
        server.restart();
      }
      // However slow the machine, and however little was committed so far.
      await().atMost(PATIENCE).until(() -> ballast == 0 || firstRevision(context) > 1);
      long added = stop(adding);
      long piped = stop(pipelining);
      state.put("end", true);
      long[] seen = watched.get(90, TimeUnit.SECONDS);
      weighing.get(60, TimeUnit.SECONDS);
      System.out.println(
          "server kills: "
              + KILLS
              + ", added "
              + added
              + ", piped "
              + piped
              + ", updates "
              + seen[0]);
      assertThat(state.getLong("total", 0)).isEqualTo(added);
      assertThat(state.getLong("piped", 0)).isEqualTo(piped);
      assertThat(seen).containsExactly(added + piped + 1, added, piped);
      assertThat(watch.poll()).isNull();
      assertThat(watch.revision()).isEqualTo(state.revision());
    }
  }

  private static long firstRevision(Context context) {
    return Long.parseLong(context.statistics().get("journal_first_revision"));
  }

  /** Fills the journal, but not faster than the watcher reads it. */
  private static void weigh(
      Context context, Watch<?, ?> watch, CompletableFuture<?> end, int bytes) {
    State<String, Object> state = context.state("ballast");
    while (bytes > 0 && !end.isDone()) {
      if (watch.lag() < 50) {
        state.put("weight", new byte[bytes]);
      } else {
        LockSupport.parkNanos(100_000);
      }
    }
  }

  private static long stop(WorkerProcess worker) {
    worker.stop();
    long count = Long.parseLong(worker.await("added"));
    worker.finish();
    return count;
  }

  /**
   * Reads to the end; each update must count one of the two numbers up by one: no gap, no repeat.
   */
  private static long[] follow(Watch<String, Object> watch) {
    long[] last = new long[2];
    long revision = 0;
    for (long count = 1; ; count++) {
      Update<String, Object> update = watch.next(PATIENCE);
      assertThat(update.revision()).isGreaterThan(revision);
      revision = update.revision();
      if (update.after().containsKey("end")) {
        return new long[] {count, last[0], last[1]};
      }
      long total = number(update, "total");
      long piped = number(update, "piped");
      assertThat(total + piped).isEqualTo(last[0] + last[1] + 1);
      last[0] = total;
      last[1] = piped;
    }
  }

  private static long number(Update<String, Object> update, String key) {
    return ((Number) update.after().getOrDefault(key, 0L)).longValue();
  }
}
