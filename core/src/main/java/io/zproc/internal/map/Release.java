package io.zproc.internal.map;

import io.zproc.Signals;
import io.zproc.ZProcException;
import io.zproc.internal.state.Batch;
import io.zproc.internal.state.Versioned;
import java.util.Set;

/** Gives to others what workers had claimed that have ended. Stateless. */
final class Release {
  /** So many workers may end by themselves at a chunk before it fails. */
  static final int MAX_DEATHS = 10;

  /** So many kills count as much as one end by itself: a chunk is less likely to be why. */
  static final int KILLS_A_DEATH = 3;

  private static final Set<Integer> KILLS =
      Set.of(-Signals.SIGKILL.number(), -Signals.SIGTERM.number());

  private final Board board;
  private final int weight;

  Release(Board board) {
    this(board, false);
  }

  /**
   * @param killed whether the worker was ended by somebody
   */
  Release(Board board, boolean killed) {
    this(board, killed ? 1 : KILLS_A_DEATH);
  }

  private Release(Board board, int weight) {
    this.board = board;
    this.weight = weight;
  }

  /** Whether a worker that ended so was ended by somebody. */
  static boolean isKill(int exitCode) {
    return KILLS.contains(exitCode);
  }

  /** For workers that are stopped in order, which says nothing of the chunks that they have. */
  static Release stopped(Board board) {
    return new Release(board, 0);
  }

  /**
   * To be called when the worker's process has ended, or must not go on.
   *
   * @return whether it had claimed anything that it was not done with
   */
  boolean workerDied(WorkerTicket worker) {
    PoolKeys pool = new PoolKeys(worker.pool());
    board.workers.remove(pool.worker(worker.index()), worker.id());
    PoolRecord record = board.pools.get(pool.record);
    return record != null
        && record.id() == worker.poolId()
        && release(pool, record, Set.of(worker.id()));
  }

  /** The same for a worker of a node. */
  boolean workerDied(NodeTicket worker) {
    board.workers.remove(worker.record(), worker.id());
    return ofAllPools(Set.of(worker.id()));
  }

  /** Gives what these workers had claimed to others, whose ever tasks they are. */
  boolean ofAllPools(Set<Long> workers) {
    boolean had = false;
    for (int number : board.poolDirectory().numbers()) {
      PoolKeys pool = new PoolKeys(number);
      PoolRecord record = board.pools.get(pool.record);
      if (record != null) {
        had |= release(pool, record, workers);
      }
    }
    return had;
  }

  private boolean release(PoolKeys pool, PoolRecord record, Set<Long> workers) {
    boolean had = false;
    for (int number : record.tasks()) {
      TaskRecord task = board.tasks.get(TaskKeys.record(number));
      if (task != null && task.poolId() == record.id()) {
        had |= release(pool, new TaskKeys(number, task.slots()), workers);
      }
    }
    return had;
  }

  private boolean release(PoolKeys pool, TaskKeys task, Set<Long> workers) {
    boolean had = false;
    for (int i = 0; i < task.slots(); i++) {
      String key = task.slot(i);
      Versioned<Slot> slot = Batch.read(board.slots, key);
      while (slot.isPresent() && slot.value().isClaimedBy(workers)) {
        had |= release(pool, task, key, slot);
        slot = Batch.read(board.slots, key);
      }
    }
    return had;
  }

  private boolean release(PoolKeys pool, TaskKeys task, String key, Versioned<Slot> slot) {
    Batch batch = board.batch().ifVersion(board.slots, key, slot.version());
    Slot released = slot.value().released(weight);
    if (released.deaths() < MAX_DEATHS * KILLS_A_DEATH) {
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
        "worker after worker died while it had this item or one of its chunk: "
            + MAX_DEATHS
            + " by themselves, or "
            + KILLS_A_DEATH
            + " times as many killed");
  }
}
