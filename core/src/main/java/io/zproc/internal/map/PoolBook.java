package io.zproc.internal.map;

import io.zproc.internal.state.Batch;
import io.zproc.internal.state.Versioned;
import java.util.function.BiConsumer;

/** Opens and removes pools. Stateless; any process may remove the pool of a process that ended. */
final class PoolBook {
  private final Board board;
  private final TaskBook tasks;
  private final Directory pools;

  PoolBook(Board board) {
    this.board = board;
    this.tasks = new TaskBook(board);
    this.pools = board.poolDirectory();
  }

  /** Gives a new pool the lowest free number; removes pools of dead owners on the way. */
  PoolKeys open(long id) {
    removeOrphans();
    while (true) {
      Versioned<Numbers> before = pools.read();
      PoolKeys keys = new PoolKeys(before.value().lowestFree());
      Batch batch = board.batch().put(board.pools, keys.record, PoolRecord.empty(id));
      pools.take(batch.put(board.bells.state, keys.ready, 0L), before);
      if (batch.commit() != Batch.CONFLICT) {
        return keys;
      }
    }
  }

  private void removeOrphans() {
    for (int number : pools.numbers()) {
      PoolKeys keys = new PoolKeys(number);
      PoolRecord pool = board.pools.get(keys.record);
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
    batch.remove(board.pools, keys.record).remove(board.bells.state, keys.ready);
    pools.giveBack(batch, keys.number);
    return batch.commit() != Batch.CONFLICT;
  }
}
