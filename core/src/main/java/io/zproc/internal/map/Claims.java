package io.zproc.internal.map;

import io.zproc.internal.state.Batch;
import io.zproc.internal.state.Versioned;
import java.util.List;

/** Claims chunks for one worker, and puts results in their place. For the worker's thread. */
final class Claims {
  private final Board board;
  private final WorkerTicket ticket;
  private final PoolKeys pool;
  private int turn;
  private boolean ended;

  Claims(Board board, WorkerTicket ticket) {
    this.board = board;
    this.ticket = ticket;
    this.pool = new PoolKeys(ticket.pool());
  }

  String bell() {
    return pool.ready;
  }

  /** Whether there is nothing to be done any more, after {@link #take} gave null. */
  boolean haveEnded() {
    return ended;
  }

  /** Claims the first ready chunk of some task, each in turn; null when there is none. */
  Claim take() {
    while (true) {
      Versioned<Long> worker = Batch.read(board.workers, pool.worker(ticket.index()));
      PoolRecord record = board.pools.get(pool.record);
      boolean belongs = worker.isPresent() && worker.value() == ticket.id();
      if (!belongs || record == null || record.id() != ticket.poolId()) {
        ended = true;
        return null;
      }
      Claim ready = find(record.tasks());
      if (ready == null) {
        ended = record.retired() && record.tasks().isEmpty();
        return null;
      }
      Claim claimed = claim(ready, worker.version());
      if (claimed != null) {
        turn++;
        return claimed;
      }
    }
  }

  private Claim find(List<Integer> tasks) {
    for (int i = 0; i < tasks.size(); i++) {
      Claim ready = find(tasks.get(Math.floorMod(turn + i, tasks.size())));
      if (ready != null) {
        return ready;
      }
    }
    return null;
  }

  private Claim find(int number) {
    Versioned<TaskRecord> task = Batch.read(board.tasks, TaskKeys.record(number));
    if (!task.isPresent() || task.value().closed() || task.value().workers() <= ticket.index()) {
      return null;
    }
    TaskKeys keys = new TaskKeys(number, task.value().slots());
    Claim first = null;
    for (int i = 0; i < keys.slots(); i++) {
      Versioned<Slot> slot = Batch.read(board.slots, keys.slot(i));
      boolean ready = slot.isPresent() && slot.value().phase() == Phase.READY;
      if (ready && (first == null || slot.value().chunk() < first.slot().chunk())) {
        first = new Claim(keys, task.value(), task.version(), slot.value(), slot.version());
      }
    }
    return first;
  }

  /** Null when somebody was faster. */
  private Claim claim(Claim ready, long workerVersion) {
    Slot slot = ready.slot().claimedBy(ticket.id());
    long version =
        board
            .batch()
            .ifVersion(board.slots, ready.slotKey(), ready.version())
            .ifVersion(board.tasks, ready.keys().record, ready.taskVersion())
            .ifVersion(board.workers, pool.worker(ticket.index()), workerVersion)
            .put(board.slots, ready.slotKey(), slot)
            .commit();
    return version == Batch.CONFLICT
        ? null
        : new Claim(ready.keys(), ready.task(), ready.taskVersion(), slot, version);
  }

  /**
   * Puts results in the place of a chunk's items.
   *
   * @return whether the chunk was still this worker's; otherwise nothing has happened
   */
  boolean finish(Claim claim, List<Part> results, long tookNs) {
    String key = claim.slotKey();
    Slot slot = claim.slot();
    long version = claim.version();
    if (results.size() > slot.parts()) {
      slot = slot.withParts(results.size());
    }
    for (int part = 1; part < results.size() && version != Batch.CONFLICT; part++) {
      version = put(key, slot, version, part, results).commit();
    }
    if (version == Batch.CONFLICT) {
      return false;
    }
    long bytes = results.stream().mapToLong(part -> part.bytes().length).sum();
    Slot done = slot.done(results.size(), tookNs, bytes);
    Batch last = put(key, done, version, 0, results);
    for (int part = results.size(); part < slot.parts(); part++) {
      last.remove(board.data, TaskKeys.part(key, part));
    }
    return last.add(board.bells.state, claim.keys().done, 1).commit() != Batch.CONFLICT;
  }

  private Batch put(String key, Slot slot, long version, int part, List<Part> results) {
    return board
        .batch()
        .ifVersion(board.slots, key, version)
        .put(board.slots, key, slot)
        .put(board.data, TaskKeys.part(key, part), results.get(part).bytes());
  }
}
