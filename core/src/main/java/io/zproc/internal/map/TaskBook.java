package io.zproc.internal.map;

import io.zproc.ZProcException;
import io.zproc.internal.state.Batch;
import io.zproc.internal.state.Versioned;
import java.util.concurrent.ThreadLocalRandom;

/** Opens and removes tasks. Stateless; any process may remove a task, several at once. */
final class TaskBook {
  private final Board board;

  TaskBook(Board board) {
    this.board = board;
  }

  /**
   * Gives a new task the lowest free number.
   *
   * @return the number
   * @throws ZProcException when the pool is no more
   */
  int open(PoolKeys pool, TaskRecord task, byte[] function) {
    for (int number = 0; ; ) {
      Versioned<PoolRecord> owner = Batch.read(board.pools, pool.record);
      if (!owner.isPresent() || owner.value().id() != task.poolId()) {
        throw new ZProcException("the workers' pool " + pool.number + " was removed by somebody");
      }
      TaskKeys keys = new TaskKeys(number, task.slots());
      if (board.tasks.containsKey(keys.record)) {
        number++;
      } else if (tryOpen(pool, owner, keys, task, function)) {
        return number;
      }
    }
  }

  private boolean tryOpen(
      PoolKeys pool, Versioned<PoolRecord> owner, TaskKeys keys, TaskRecord task, byte[] function) {
    return board
            .batch()
            .ifVersion(board.tasks, keys.record, 0)
            .ifVersion(board.pools, pool.record, owner.version())
            .put(board.tasks, keys.record, task)
            .put(board.data, keys.function, function)
            .put(board.bells.state, keys.done, 0L)
            .put(board.bells.state, keys.next, 0L)
            .put(board.pools, pool.record, owner.value().with(keys.number))
            .commit()
        != Batch.CONFLICT;
  }

  /**
   * Removes a task with all that belongs to it, unless that is done already.
   *
   * @param id the task's, lest another one with its number is meant
   */
  void remove(int number, long id) {
    TaskRecord open = board.tasks.get(TaskKeys.record(number));
    if (open == null || open.id() != id) {
      return;
    }
    TaskKeys keys = new TaskKeys(number, open.slots());
    close(keys, id);
    while (isThere(keys.record, id) && !tryRemove(keys, open)) {
      Thread.onSpinWait();
    }
  }

  /** From here on its feeder, which this wakes, removes it, too: who began may die half way. */
  private void close(TaskKeys keys, long id) {
    Versioned<TaskRecord> task = Batch.read(board.tasks, keys.record);
    while (task.isPresent() && task.value().id() == id && !task.value().closed()) {
      board
          .batch()
          .ifVersion(board.tasks, keys.record, task.version())
          .put(board.tasks, keys.record, task.value().close())
          .remove(board.bells.state, keys.next)
          .commit();
      task = Batch.read(board.tasks, keys.record);
    }
  }

  private boolean isThere(String record, long id) {
    TaskRecord task = board.tasks.get(record);
    return task != null && task.id() == id;
  }

  /** Fails when a worker came between, which can do so only as often as it has chunks. */
  private boolean tryRemove(TaskKeys keys, TaskRecord task) {
    PoolKeys pool = new PoolKeys(task.pool());
    Versioned<TaskRecord> record = Batch.read(board.tasks, keys.record);
    Versioned<PoolRecord> owner = Batch.read(board.pools, pool.record);
    if (!record.isPresent() || record.value().id() != task.id()) {
      return true;
    }
    Batch batch = board.batch().ifVersion(board.tasks, keys.record, record.version());
    batch.ifVersion(board.pools, pool.record, owner.version());
    for (int i = 0; i < keys.slots(); i++) {
      removeSlot(batch, keys.slot(i));
    }
    batch.remove(board.tasks, keys.record).remove(board.data, keys.function);
    batch.remove(board.bells.state, keys.done).remove(board.bells.state, keys.next);
    if (owner.isPresent() && owner.value().id() == task.poolId()) {
      batch.put(board.pools, pool.record, owner.value().without(keys.number));
      batch.add(board.bells.state, pool.ready, 1);
    }
    return batch.commit() != Batch.CONFLICT;
  }

  private void removeSlot(Batch batch, String key) {
    Versioned<Slot> slot = Batch.read(board.slots, key);
    batch.ifVersion(board.slots, key, slot.version());
    if (slot.isPresent()) {
      batch.remove(board.slots, key);
      for (int part = 0; part < slot.value().parts(); part++) {
        batch.remove(board.data, TaskKeys.part(key, part));
      }
    }
  }

  static long newId() {
    return ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
  }
}
