package io.zproc.internal.map;

import io.zproc.MapResults;
import io.zproc.ZProcException;
import io.zproc.internal.state.Batch;
import io.zproc.internal.state.Versioned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Takes the results of one task in order, chunk by chunk. A chunk stays in the state until all of
 * it was handed over and more is asked for, so that it is there for the next puller if this one
 * dies before.
 */
final class Puller<R> implements MapResults<R> {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Object[] NOTHING = {};

  private final Board board;
  private final TaskId id;
  private final Versioned<TaskRecord> task;
  private final TaskKeys keys;
  private final NodeWatch nodes;
  private Object[] results = NOTHING;
  private int taken;

  /** The chunk that the results are of, or null. */
  private Slot slot;

  /** That of the chunk, or of the one to be loaded. */
  private Versioned<Long> next;

  private boolean ended;
  private volatile boolean closed;

  Puller(Board board, TaskId id) {
    this.board = board;
    this.id = id;
    this.task = Batch.read(board.tasks, TaskKeys.record(id.number()));
    if (!task.isPresent() || task.value().id() != id.id() || task.value().closed()) {
      throw gone();
    }
    keys = new TaskKeys(id.number(), task.value().slots());
    nodes = new NodeWatch(board, NodeWatch.PATIENCE);
  }

  private ZProcException gone() {
    return new ZProcException(
        "there is no map task " + id + " any more: it is done, was closed, or its owner has ended");
  }

  @Override
  public boolean hasNext() {
    while (taken == results.length && !ended && !closed) {
      load();
    }
    return taken < results.length && !closed;
  }

  @Override
  @SuppressWarnings("unchecked")
  public R next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no more results of map task " + id);
    }
    Object result = results[taken];
    results[taken++] = null;
    if (result instanceof Failure failure) {
      throw failure.reason();
    }
    return (R) result;
  }

  /** Is done with the chunk before, for this puller alone, and loads the next. */
  private void load() {
    try {
      if (slot != null) {
        confirm();
      }
      if (!ended) {
        next = Batch.read(board.bells.state, keys.next);
        Slot loading =
            board.bells.await(keys.done, () -> finished(next.value()), PATIENCE, this::check);
        results = read(loading);
        slot = loading;
        taken = 0;
      }
    } catch (GoneException e) {
      if (!closed) {
        throw gone();
      }
    }
  }

  /** The slot of a chunk, once it holds results or the end; null before. */
  private Slot finished(Long chunk) {
    Slot found = chunk == null ? null : board.slots.get(keys.slotOf(chunk));
    if (found != null && found.chunk() == chunk && found.phase().compareTo(Phase.DONE) >= 0) {
      return found;
    }
    checkOpen();
    if (found != null && found.chunk() > chunk) {
      throw pulledElsewhere();
    }
    return null;
  }

  /** Nobody touches the chunk while {@code next} stays. */
  private Object[] read(Slot from) {
    List<byte[]> parts = new ArrayList<>(from.parts());
    for (int part = 0; part < from.parts(); part++) {
      parts.add(board.data.get(TaskKeys.part(keys.slotOf(from.chunk()), part)));
    }
    if (Batch.read(board.bells.state, keys.next).version() != next.version()) {
      checkOpen();
      throw pulledElsewhere();
    }
    return Chunks.decode(parts, from.items());
  }

  /** Says that the chunk was handed over, unless it was another's. */
  private void confirm() {
    if (slot.phase() == Phase.END) {
      checkOpen();
      ended = true;
      new TaskBook(board).remove(id.number(), id.id());
    } else if (!advance()) {
      checkOpen();
      throw pulledElsewhere();
    }
    slot = null;
  }

  private boolean advance() {
    return board
            .batch()
            .ifVersion(board.tasks, keys.record, task.version())
            .ifVersion(board.bells.state, keys.next, next.version())
            .put(board.bells.state, keys.next, next.value() + 1)
            .commit()
        != Batch.CONFLICT;
  }

  /** The record changes once, when the task is closed, and may be another task's after that. */
  private void checkOpen() {
    if (Batch.read(board.tasks, keys.record).version() != task.version()) {
      throw new GoneException();
    }
  }

  private ZProcException pulledElsewhere() {
    return new ZProcException("map task " + id + " is pulled by somebody else at the same time");
  }

  private Set<Long> claimants() {
    Set<Long> workers = new HashSet<>();
    for (int i = 0; i < keys.slots(); i++) {
      Slot claimed = board.slots.get(keys.slot(i));
      if (claimed != null && claimed.phase() == Phase.CLAIMED) {
        workers.add(claimed.worker());
      }
    }
    return workers;
  }

  /** Removes the whole pool when its owner has died, and nodes that are gone. */
  private void check() {
    nodes.check(claimants());
    PoolKeys pool = new PoolKeys(task.value().pool());
    PoolRecord record = board.pools.get(pool.record);
    if (record != null && record.id() == task.value().poolId() && record.owner().hasEnded()) {
      new PoolBook(board).remove(pool, record.id());
    }
  }

  /** The task was removed, by this puller or another. */
  private static final class GoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GoneException() {
      super(null, null, false, false);
    }
  }

  @Override
  public Stream<R> stream() {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED), false)
        .onClose(this::close);
  }

  @Override
  public void close() {
    closed = true;
    new TaskBook(board).remove(id.number(), id.id());
  }

  @Override
  public String toString() {
    return "results of map task " + id;
  }
}
