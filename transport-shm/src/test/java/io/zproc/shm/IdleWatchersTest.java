package io.zproc.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.State;
import io.zproc.shm.testing.TestServer;
import io.zproc.shm.testing.WorkerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who waits uses no processor time. */
class IdleWatchersTest {
  private static final int PROCESSES = 4;
  private static final int THREADS = 25;
  private static final Duration PERIOD =
      Duration.ofSeconds(Integer.getInteger("zproc.test.idleSeconds", 10));
  private static final double LARGEST_SHARE = 0.001;

  @RegisterExtension static final TestServer SERVER = TestServer.of(ServerBackend.PROCESS);

  @Test
  @Timeout(100)
  void shouldUseNoProcessorTimeWhenNothingHappensAndWakeWhenTheirKeyChanges() throws Exception {
    Assumptions.assumeTrue(
        Files.exists(Path.of("/proc/self/schedstat")), "no /proc to measure with");
    List<WorkerProcess> workers = new ArrayList<>();
    try (Context context = SERVER.open()) {
      State<String, Object> state = context.state("idle");
      for (int i = 0; i < PROCESSES; i++) {
        workers.add(
            WorkerProcess.start(
                SERVER, "idle", "watch", Integer.toString(i * THREADS), Integer.toString(THREADS)));
      }
      WorkerProcess.goTogether(workers);
      awaitAsleep(workers);
      long watchersBefore = cpuNs(workers);
      long allBefore = allCpuNs(workers);
      long start = System.nanoTime();
      // The period that is measured; nothing is waited for.
      Thread.sleep(PERIOD.toMillis());
      long elapsed = System.nanoTime() - start;
      double watchers = (double) (cpuNs(workers) - watchersBefore) / elapsed;
      double all = (double) (allCpuNs(workers) - allBefore) / elapsed;
      System.out.printf(
          "idle: %d watchers use %.4f %% of a core, their %d JVMs %.3f %% in all%n",
          PROCESSES * THREADS, watchers * 100, PROCESSES, all * 100);
      assertThat(watchers).isLessThan(LARGEST_SHARE);
      for (int i = 0; i < PROCESSES * THREADS; i++) {
        state.put("key" + i, i);
        workers.get(i / THREADS).await("woke key" + i);
      }
      workers.forEach(WorkerProcess::finish);
    } finally {
      workers.forEach(WorkerProcess::close);
    }
  }

  /** Waits until the watchers have used no time for a while. */
  private static void awaitAsleep(List<WorkerProcess> workers) {
    long[] last = {-1};
    await()
        .pollInterval(Duration.ofMillis(300))
        .atMost(Duration.ofSeconds(40))
        .until(
            () -> {
              long now = cpuNs(workers);
              boolean same = now == last[0];
              last[0] = now;
              return same;
            });
  }

  /** What the watching threads have used so far, in nanoseconds. */
  private static long cpuNs(List<WorkerProcess> workers) throws IOException {
    long sum = 0;
    int count = 0;
    for (WorkerProcess worker : workers) {
      try (Stream<Path> tasks = Files.list(Path.of("/proc/" + worker.pid() + "/task"))) {
        for (Path task : tasks.toList()) {
          if (Files.readString(task.resolve("comm")).startsWith("watcher-")) {
            String[] figures = Files.readString(task.resolve("schedstat")).split(" ");
            sum += Long.parseLong(figures[0]);
            count++;
          }
        }
      }
    }
    assertThat(count).isEqualTo(PROCESSES * THREADS);
    return sum;
  }

  /** What the processes have used so far, the JVM's own threads included. */
  private static long allCpuNs(List<WorkerProcess> workers) {
    return workers.stream()
        .map(worker -> ProcessHandle.of(worker.pid()).orElseThrow().info())
        .mapToLong(info -> info.totalCpuDuration().orElse(Duration.ZERO).toNanos())
        .sum();
  }
}
