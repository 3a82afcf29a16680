package io.zproc.internal.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.zproc.Context;
import io.zproc.Server;
import io.zproc.ZProc;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a worker's death does to what it had claimed. */
@Timeout(60)
class ReleaseTest {
  private static final WorkerTicket WORKER = new WorkerTicket(0, 11, 0, 22);

  private Server server;
  private Context context;
  private Board board;
  private PoolKeys pool;
  private TaskKeys task;

  @BeforeEach
  void openATask() {
    server = ZProc.startServer("mem://ReleaseTest-" + System.nanoTime());
    context = Context.open(server.address());
    board = new Board(context);
    pool = new PoolBook(board).open(WORKER.poolId());
    TaskRecord record = new TaskRecord(33, pool.number, WORKER.poolId(), 1, 4, "any", false);
    task = new TaskKeys(new TaskBook(board).open(pool, record, new byte[1]), 4);
  }

  @AfterEach
  void close() {
    context.close();
    server.close();
  }

  private void claim(WorkerTicket worker) {
    Slot slot = board.slots.getOrDefault(task.slot(1), Slot.ready(1, 2));
    board.slots.put(task.slot(1), slot.claimedBy(worker.id()));
  }

  private Slot slot() {
    return board.slots.get(task.slot(1));
  }

  @ParameterizedTest
  @CsvSource({"false, 10", "true, 30"})
  void shouldFailAChunkAtItsLastDeath(boolean killed, int most) {
    for (int deaths = 1; deaths < most; deaths++) {
      claim(WORKER);
      assertThat(new Release(board, killed).workerDied(WORKER)).isTrue();
      assertThat(slot().phase()).as("after %d deaths", deaths).isEqualTo(Phase.READY);
    }
    claim(WORKER);
    assertThat(new Release(board, killed).workerDied(WORKER)).isTrue();
    assertThat(slot().phase()).isEqualTo(Phase.DONE);
    Object[] results =
        Chunks.decode(List.of(board.data.get(TaskKeys.part(task.slot(1), 0))), slot().items());
    assertThat(results).hasSize(2).allMatch(Failure.class::isInstance);
  }

  @Test
  void shouldCountNothingWhenTheWorkerIsStoppedInOrder() {
    for (int stops = 1; stops < 40; stops++) {
      claim(WORKER);
      assertThat(Release.stopped(board).workerDied(WORKER)).isTrue();
      assertThat(slot().phase()).isEqualTo(Phase.READY);
      assertThat(slot().deaths()).isZero();
    }
  }

  @Test
  void shouldLeaveAloneWhatTheDeadOneHadNotClaimed() {
    claim(new WorkerTicket(0, 11, 1, 23));
    Slot before = slot();
    assertThat(new Release(board, false).workerDied(WORKER)).isFalse();
    assertThat(slot()).isEqualTo(before);
  }

  /** Otherwise a claim of the dead one that the server had not looked at would stay for ever. */
  @Test
  void shouldTakeItsRecordFromTheDeadOneFirst() {
    new PoolBook(board).enlist(WORKER);
    assertThat(board.workers.get(pool.worker(0))).isEqualTo(WORKER.id());
    new Release(board, true).workerDied(WORKER);
    assertThat(board.workers.containsKey(pool.worker(0))).isFalse();
  }

  /** Whoever closes it may be killed before it has removed the rest. */
  @Test
  void shouldRemoveATaskThatSomebodyHasOnlyClosed() {
    TaskRecord open = board.tasks.get(task.record);
    board.tasks.put(task.record, open.close());
    new TaskBook(board).remove(task.number, open.id());
    assertThat(board.tasks.containsKey(task.record)).isFalse();
    assertThat(board.bells.state.containsKey(task.done)).isFalse();
  }
}
