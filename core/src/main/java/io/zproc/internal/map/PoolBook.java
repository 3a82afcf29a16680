package io.zproc.internal.map;

import io.zproc.internal.state.Batch;
import io.zproc.internal.state.Versioned;
import java.util.function.BiConsumer;

/** Opens and removes pools. Stateless; any process may remove the pool of a process that ended. */
final class PoolBook {
  private static final int MAX_GAP = 16;

  private final Board board;
  private final TaskBook tasks;

  PoolBook(Board board) {
    this.board = board;
    this.tasks = new TaskBook(board);
  }

  /** Gives a new pool the lowest free number; removes pools of dead owners on the way. */
  PoolKeys open(long id) {
    removeOrphans();
    for (int number = 0; ; ) {
      PoolKeys keys = new PoolKeys(number);
      if (board.pools.containsKey(keys.record)) {
        number++;
      } else if (board
              .batch()
              .ifVersion(board.pools, keys.record, 0)
              .put(board.pools, keys.record, PoolRecord.empty(id))
              .put(board.bells.state, keys.ready, 0L)
              .commit()
          != Batch.CONFLICT) {
        return keys;
      }
    }
  }

  /** Pools have the lowest free numbers, so that few are behind a gap; those are found later. */
  private void removeOrphans() {
    for (int number = 0, gaps = 0; gaps <= MAX_GAP; number++) {
      PoolKeys keys = new PoolKeys(number);
      PoolRecord pool = board.pools.get(keys.record);
      gaps = pool == null ? gaps + 1 : 0;
      if (pool != null && pool.owner().hasEnded()) {
        remove(keys, pool.id());
      }
    }
  }

  /**
   * Announces a worker, which may claim chunks from then on.
   *
   * @return whether the pool is still there
   */
  boolean enlist(WorkerTicket ticket) {
    PoolKeys keys = new PoolKeys(ticket.pool());
    String worker = keys.worker(ticket.index());
    return change(
        keys,
        ticket.poolId(),
        (batch, pool) ->
            batch
                .put(board.workers, worker, ticket.id())
                .put(board.pools, keys.record, pool.withWorker(ticket.index())));
  }

  /** Makes the workers of a pool end as soon as it has no tasks. */
  void retire(PoolKeys keys, long id) {
    change(
        keys,
        id,
        (batch, pool) ->
            batch
                .put(board.pools, keys.record, pool.retire())
                .add(board.bells.state, keys.ready, 1));
  }

  private boolean change(PoolKeys keys, long id, BiConsumer<Batch, PoolRecord> writes) {
    while (true) {
      Versioned<PoolRecord> pool = Batch.read(board.pools, keys.record);
      if (!pool.isPresent() || pool.value().id() != id) {
        return false;
      }
      Batch batch = board.batch().ifVersion(board.pools, keys.record, pool.version());
      writes.accept(batch, pool.value());
      if (batch.commit() != Batch.CONFLICT) {
        return true;
      }
    }
  }

  /** Removes a pool with its tasks, unless that is done already. */
  void remove(PoolKeys keys, long id) {
    while (true) {
      Versioned<PoolRecord> pool = Batch.read(board.pools, keys.record);
      if (!pool.isPresent() || pool.value().id() != id) {
        return;
      }
      pool.value().tasks().forEach(task -> removeTaskOf(id, task));
      Versioned<PoolRecord> emptied = Batch.read(board.pools, keys.record);
      if (emptied.isPresent()
          && emptied.value().id() == id
          && emptied.value().tasks().isEmpty()
          && tryRemove(keys, emptied)) {
        return;
      }
    }
  }

  private void removeTaskOf(long poolId, int number) {
    TaskRecord task = board.tasks.get(TaskKeys.record(number));
    if (task != null && task.poolId() == poolId) {
      tasks.remove(number, task.id());
    }
  }

  private boolean tryRemove(PoolKeys keys, Versioned<PoolRecord> pool) {
    Batch batch = board.batch().ifVersion(board.pools, keys.record, pool.version());
    for (int index = 0; index < pool.value().workers(); index++) {
      batch.remove(board.workers, keys.worker(index));
    }
    return batch.remove(board.pools, keys.record).remove(board.bells.state, keys.ready).commit()
        != Batch.CONFLICT;
  }
}
