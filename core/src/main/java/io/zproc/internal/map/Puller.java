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
  private final TaskRecord task;
  private final TaskKeys keys;
  private Object[] results = NOTHING;
  private int taken;
  private boolean ended;
  private volatile boolean closed;

  Puller(Board board, TaskId id) {
    this.board = board;
    this.id = id;
    this.task = board.tasks.get(TaskKeys.record(id.number()));
    if (task == null || task.id() != id.id() || task.closed()) {
      throw gone();
    }
    keys = new TaskKeys(id.number(), task.slots());
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
    Versioned<Long> next = Batch.read(board.bells.state, keys.next);
    if (!next.isPresent()) {
      throw gone();
    }
    Slot slot = board.bells.await(keys.done, () -> finished(next.value()), PATIENCE, this::check);
    if (closed) {
      return;
    }
    Object[] loaded = read(slot);
    if (slot.phase() == Phase.END) {
      ended = true;
      new TaskBook(board).remove(id.number(), id.id());
    } else if (!take(next)) {
      throw new ZProcException("map task " + id + " is pulled by somebody else at the same time");
    }
    results = loaded;
    taken = 0;
  }

  /** The slot of a chunk, once it holds results or the end; null before. */
  private Slot finished(long chunk) {
    Slot slot = board.slots.get(keys.slotOf(chunk));
    if (slot != null && slot.chunk() == chunk && slot.phase().compareTo(Phase.DONE) >= 0) {
      return slot;
    }
    TaskRecord now = board.tasks.get(keys.record);
    if (now != null && now.id() == id.id() && !now.closed()) {
      return null;
    }
    if (closed) {
      return Slot.end(chunk, 0);
    }
    throw gone();
  }

  private Object[] read(Slot slot) {
    List<byte[]> parts = new ArrayList<>(slot.parts());
    for (int part = 0; part < slot.parts(); part++) {
      byte[] value = board.data.get(TaskKeys.part(keys.slotOf(slot.chunk()), part));
      if (value == null) {
        throw gone();
      }
      parts.add(value);
    }
    return Chunks.decode(parts, slot.items());
  }

  private boolean take(Versioned<Long> next) {
    return board
            .batch()
            .ifVersion(board.bells.state, keys.next, next.version())
            .put(board.bells.state, keys.next, next.value() + 1)
            .commit()
        != Batch.CONFLICT;
  }

  /** Removes the whole pool when its owner has died. */
  private void check() {
    PoolKeys pool = new PoolKeys(task.pool());
    PoolRecord record = board.pools.get(pool.record);
    if (record != null && record.id() == task.poolId() && record.owner().hasEnded()) {
      new PoolBook(board).remove(pool, record.id());
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
