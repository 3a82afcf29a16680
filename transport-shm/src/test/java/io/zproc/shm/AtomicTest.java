package io.zproc.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zproc.Context;
import io.zproc.Pipeline;
import io.zproc.ServerBackend;
import io.zproc.Snapshot;
import io.zproc.State;
import io.zproc.Update;
import io.zproc.Watch;
import io.zproc.shm.testing.TestServer;
import io.zproc.shm.testing.TestThreads;
import io.zproc.shm.testing.WorkerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several processes change the same state at the same time. */
@Timeout(300)
class AtomicTest {
  private static final int PROCESSES = 8;
  private static final List<String> WAYS = List.of("atomic", "atomicExclusive", "merge", "add");
  private static final int INCREMENTS = Integer.getInteger("zproc.test.increments", 10_000);
  private static final int TRANSFERS = Integer.getInteger("zproc.test.transfers", 5_000);
  private static final int ACCOUNTS = 100;
  private static final long TOTAL = ACCOUNTS * 1000L;

  @RegisterExtension static final TestServer SERVER = TestServer.of(ServerBackend.PROCESS);

  /** The same processes do it in each way, one way after the other. */
  @Test
  void shouldCountEachIncrementWhenManyProcessesIncrement() {
    List<WorkerProcess> workers = new ArrayList<>();
    try (Context context = SERVER.open()) {
      State<String, Object> state = context.state("increments");
      for (int i = 0; i < PROCESSES; i++) {
        workers.add(
            WorkerProcess.start(
                SERVER,
                state.namespace(),
                "increment",
                String.join(",", WAYS),
                Integer.toString(INCREMENTS)));
      }
      for (String how : WAYS) {
        WorkerProcess.goTogether(workers);
        long start = System.nanoTime();
        workers.forEach(worker -> worker.await("incremented"));
        long ms = (System.nanoTime() - start) / 1_000_000;
        System.out.println(how + ": " + PROCESSES + " x " + INCREMENTS + " in " + ms + " ms");
        assertThat(state.getLong(how, 0)).as(how).isEqualTo((long) PROCESSES * INCREMENTS);
      }
      workers.forEach(WorkerProcess::finish);
    } finally {
      workers.forEach(WorkerProcess::close);
    }
  }

  @Test
  void shouldNeverSeeAnotherTotalWhenMoneyIsMoved() {
    long seed = ThreadLocalRandom.current().nextInt(1_000_000);
    System.out.println("bank: seed " + seed);
    List<WorkerProcess> workers = new ArrayList<>();
    try (Context context = SERVER.open()) {
      State<String, Object> state = context.state("bank");
      Map<String, Object> accounts = new HashMap<>();
      for (int i = 0; i < ACCOUNTS; i++) {
        accounts.put("account" + i, TOTAL / ACCOUNTS);
      }
      state.set(accounts);
      Watch<String, Object> watch = context.state("bank").watch();
      long first = state.revision();
      for (int i = 0; i < 3; i++) {
        workers.add(
            WorkerProcess.start(
                SERVER,
                "bank",
                "transfer",
                Integer.toString(ACCOUNTS),
                Integer.toString(TRANSFERS),
                Long.toString(seed + i)));
      }
      WorkerProcess.goTogether(workers);
      CompletableFuture<Void> done =
          CompletableFuture.runAsync(
              () -> workers.forEach(WorkerProcess::finish), TestThreads::start);
      CompletableFuture<Integer> snapshots =
          CompletableFuture.supplyAsync(() -> checkSnapshots(state, done), TestThreads::start);
      CompletableFuture<Integer> reads =
          CompletableFuture.supplyAsync(
              () -> checkReads(context.state("bank"), done), TestThreads::start);
      done.join();
      int snapshotCount = snapshots.join();
      int readCount = reads.join();
      int updates = checkUpdates(watch, state.revision());
      System.out.println(
          "bank: "
              + snapshotCount
              + " snapshots, "
              + readCount
              + " transactions, "
              + updates
              + " updates checked");
      assertThat(watch.revision()).isEqualTo(state.revision());
      assertThat((long) updates).isPositive().isLessThanOrEqualTo(state.revision() - first);
    } finally {
      workers.forEach(WorkerProcess::close);
    }
  }

  private static int checkSnapshots(State<String, Object> state, CompletableFuture<Void> done) {
    int count = 0;
    for (; count < 10 || !done.isDone(); count++) {
      assertThat(total(state.copy())).isEqualTo(TOTAL);
    }
    return count;
  }

  /** Reads of single accounts, one by one, inside a transaction. */
  private static int checkReads(State<String, Object> state, CompletableFuture<Void> done) {
    int count = 0;
    for (; count < 10 || !done.isDone(); count++) {
      long total =
          state.atomic(
              tx -> {
                long sum = 0;
                for (int i = 0; i < ACCOUNTS; i++) {
                  sum += (Long) tx.get("account" + i);
                }
                return sum;
              });
      assertThat(total).isEqualTo(TOTAL);
    }
    return count;
  }

  private static int checkUpdates(Watch<String, Object> watch, long end) {
    int count = 0;
    while (watch.revision() < end) {
      Update<String, Object> update = watch.poll();
      if (update == null) {
        continue;
      }
      assertThat(total(update.before())).isEqualTo(TOTAL);
      assertThat(total(update.after())).isEqualTo(TOTAL);
      count++;
    }
    return count;
  }

  private static long total(Snapshot<String, Object> snapshot) {
    long sum = 0;
    for (Object value : snapshot.values()) {
      sum += (Long) value;
    }
    return sum;
  }

  @Test
  void shouldChangeNothingWhenTheFunctionThrows() {
    try (Context context = SERVER.open()) {
      State<String, Object> state = context.state("throwing");
      state.put("a", 1);
      long revision = state.revision();
      assertThatThrownBy(
              () ->
                  state.atomic(
                      tx -> {
                        tx.put("a", 2);
                        tx.put("b", 3);
                        throw new IllegalStateException("changed my mind");
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("changed my mind");
      assertThatThrownBy(
              () ->
                  state.atomicExclusive(
                      tx -> {
                        tx.clear();
                        throw new IllegalStateException("changed my mind");
                      }))
          .isInstanceOf(IllegalStateException.class);
      assertThat(state.copy()).isEqualTo(Map.of("a", 1));
      assertThat(state.revision()).isEqualTo(revision);
    }
  }

  @Test
  @SuppressWarnings("unchecked")
  void shouldSaveListWhenAppendedToInsideTransaction() {
    try (Context context = SERVER.open()) {
      State<String, Object> state = context.state("lists");
      state.put("list", List.of(1, 2));
      state.atomic(tx -> ((List<Object>) tx.get("list")).add(3));
      assertThat(state.get("list")).isEqualTo(List.of(1, 2, 3));
    }
  }

  @Test
  void shouldKeepWhatWasSentWhenContextIsClosedAfterFlush() {
    try (Context context = SERVER.open()) {
      Pipeline<String, Object> pipeline = context.state("flushed").pipeline();
      for (int i = 0; i < 1000; i++) {
        pipeline.put("k" + i, "v" + i);
      }
      pipeline.flush();
    }
    try (Context context = SERVER.open(Duration.ofSeconds(10))) {
      assertThat(context.state("flushed")).hasSize(1000).containsEntry("k999", "v999");
    }
  }
}
