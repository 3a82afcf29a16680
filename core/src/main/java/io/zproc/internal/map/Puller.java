package io.zproc.internal.map;

import io.zproc.MapResults;
import io.zproc.ZProcException;
import io.zproc.internal.state.Batch;
import io.zproc.internal.state.Versioned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Takes the results of one task in order, chunk by chunk. */
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
    nodes = new NodeWatch(board, keys, NodeWatch.PATIENCE);
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

  /** Loads the next chunk and takes it for this puller alone. */
  private void load() {
    try {
      Versioned<Long> next = Batch.read(board.bells.state, keys.next);
      Slot slot = board.bells.await(keys.done, () -> finished(next.value()), PATIENCE, this::check);
      Object[] loaded = read(slot);
      take(slot, next);
      results = loaded;
      taken = 0;
    } catch (GoneException e) {
      if (!closed) {
        throw gone();
      }
    }
  }

  /** The slot of a chunk, once it holds results or the end; null before. */
  private Slot finished(Long chunk) {
    Slot slot = chunk == null ? null : board.slots.get(keys.slotOf(chunk));
    if (slot != null && slot.chunk() == chunk && slot.phase().compareTo(Phase.DONE) >= 0) {
      return slot;
    }
    checkOpen();
    if (slot != null && slot.chunk() > chunk) {
      throw pulledElsewhere();
    }
    return null;
  }

  private Object[] read(Slot slot) {
    List<byte[]> parts = new ArrayList<>(slot.parts());
    for (int part = 0; part < slot.parts(); part++) {
      parts.add(board.data.get(TaskKeys.part(keys.slotOf(slot.chunk()), part)));
    }
    if (parts.contains(null)) {
      throw new GoneException();
    }
    return Chunks.decode(parts, slot.items());
  }

  /** Says that what was read up to now is taken, unless it was another's. */
  private void take(Slot slot, Versioned<Long> next) {
    if (slot.phase() == Phase.END) {
      checkOpen();
      ended = true;
      new TaskBook(board).remove(id.number(), id.id());
    } else if (!advance(next)) {
      checkOpen();
      throw pulledElsewhere();
    }
  }

  private boolean advance(Versioned<Long> next) {
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

  /** Removes the whole pool when its owner has died, and nodes that are gone. */
  private void check() {
    nodes.check();
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
