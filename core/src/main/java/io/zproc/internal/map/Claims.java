package io.zproc.internal.map;

import io.zproc.internal.state.Batch;
import io.zproc.internal.state.Versioned;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Claims chunks for one worker, and puts results in their place. For the worker's thread. */
final class Claims {
  private final Board board;
  private final Membership membership;
  private final Set<Long> claimants = new HashSet<>();
  private int turn;
  private boolean ended;

  Claims(Board board, Membership membership) {
    this.board = board;
    this.membership = membership;
  }

  /** Whether there is nothing to be done any more, after {@link #take} gave null. */
  boolean haveEnded() {
    return ended;
  }

  /** The ids of the workers who had everything, when {@link #take} gave null. */
  Set<Long> claimants() {
    return claimants;
  }

  /** Claims the next ready chunk of some task, each in turn; null when there is none. */
  Claim take() {
    while (true) {
      Versioned<Long> worker = Batch.read(board.workers, membership.record());
      boolean belongs = worker.isPresent() && worker.value() == membership.id();
      List<Integer> tasks = belongs ? membership.tasks() : null;
      if (tasks == null) {
        ended = true;
        return null;
      }
      claimants.clear();
      Claim ready = find(tasks);
      if (ready == null) {
        ended = tasks.isEmpty() && membership.endsWithTasks();
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
    if (!task.isPresent() || task.value().closed() || !membership.admits(task.value())) {
      return null;
    }
    TaskKeys keys = new TaskKeys(number, task.value().slots());
    long next = board.bells.read(keys.next);
    for (long chunk = next; chunk < next + keys.slots(); chunk++) {
      Versioned<Slot> slot = Batch.read(board.slots, keys.slotOf(chunk));
      if (slot.isPresent() && slot.value().phase() == Phase.READY) {
        return new Claim(keys, task.value(), task.version(), slot.value(), slot.version());
      }
      if (slot.isPresent() && slot.value().phase() == Phase.CLAIMED) {
        claimants.add(slot.value().worker());
      }
    }
    return null;
  }

  /** Null when somebody was faster. */
  private Claim claim(Claim ready, long workerVersion) {
    Slot slot = ready.slot().claimedBy(membership.id());
    long version =
        board
            .batch()
            .ifVersion(board.slots, ready.slotKey(), ready.version())
            .ifVersion(board.tasks, ready.keys().record, ready.taskVersion())
            .ifVersion(board.workers, membership.record(), workerVersion)
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

  /** Leaves a chunk to others. */
  void giveBack(Claim claim) {
    board
        .batch()
        .ifVersion(board.slots, claim.slotKey(), claim.version())
        .put(board.slots, claim.slotKey(), claim.slot().givenBack())
        .add(board.bells.state, new PoolKeys(claim.task().pool()).ready, 1)
        .commit();
  }

  private Batch put(String key, Slot slot, long version, int part, List<Part> results) {
    return board
        .batch()
        .ifVersion(board.slots, key, version)
        .put(board.slots, key, slot)
        .put(board.data, TaskKeys.part(key, part), results.get(part).bytes());
  }
}
