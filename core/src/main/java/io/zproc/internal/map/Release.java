package io.zproc.internal.map;

import io.zproc.ZProcException;
import io.zproc.internal.state.Batch;
import io.zproc.internal.state.Versioned;
import java.util.Set;

/** Gives what dead workers had claimed to others. Stateless. */
final class Release {
  /** So many workers may die at a chunk before it fails. */
  static final int MAX_DEATHS = 10;

  private final Board board;

  Release(Board board) {
    this.board = board;
  }

  /** To be called when the worker's process has ended, or must not go on. */
  void workerDied(WorkerTicket worker) {
    PoolKeys pool = new PoolKeys(worker.pool());
    board.workers.remove(pool.worker(worker.index()), worker.id());
    PoolRecord record = board.pools.get(pool.record);
    if (record != null && record.id() == worker.poolId()) {
      release(pool, record, Set.of(worker.id()));
    }
  }

  /** The same for a worker of a node. */
  void workerDied(NodeTicket worker) {
    board.workers.remove(worker.record(), worker.id());
    ofAllPools(Set.of(worker.id()));
  }

  /** Gives what these workers had claimed to others, whose ever tasks they are. */
  void ofAllPools(Set<Long> workers) {
    for (int number : board.poolDirectory().numbers()) {
      PoolKeys pool = new PoolKeys(number);
      PoolRecord record = board.pools.get(pool.record);
      if (record != null) {
        release(pool, record, workers);
      }
    }
  }

  private void release(PoolKeys pool, PoolRecord record, Set<Long> workers) {
    for (int number : record.tasks()) {
      TaskRecord task = board.tasks.get(TaskKeys.record(number));
      if (task != null && task.poolId() == record.id()) {
        release(pool, new TaskKeys(number, task.slots()), workers);
      }
    }
  }

  private void release(PoolKeys pool, TaskKeys task, Set<Long> workers) {
    for (int i = 0; i < task.slots(); i++) {
      String key = task.slot(i);
      Versioned<Slot> slot = Batch.read(board.slots, key);
      while (slot.isPresent()
          && slot.value().isClaimedBy(workers)
          && !release(pool, task, key, slot)) {
        slot = Batch.read(board.slots, key);
      }
    }
  }

  private boolean release(PoolKeys pool, TaskKeys task, String key, Versioned<Slot> slot) {
    Batch batch = board.batch().ifVersion(board.slots, key, slot.version());
    Slot released = slot.value().released();
    if (released.deaths() < MAX_DEATHS) {
      batch.put(board.slots, key, released).add(board.bells.state, pool.ready, 1);
    } else {
      byte[] results = Chunks.failures(released.items(), tooManyDeaths()).get(0).bytes();
      batch.put(board.slots, key, released.done(1, 0, results.length));
      batch.put(board.data, TaskKeys.part(key, 0), results);
      for (int part = 1; part < released.parts(); part++) {
        batch.remove(board.data, TaskKeys.part(key, part));
      }
      batch.add(board.bells.state, task.done, 1);
    }
    return batch.commit() != Batch.CONFLICT;
  }

  private static ZProcException tooManyDeaths() {
    return new ZProcException(
        MAX_DEATHS + " workers died while they had this item or one of its chunk");
  }
}
