package io.zproc.internal.map;

import io.zproc.ClosedException;
import io.zproc.ZProcException;
import io.zproc.internal.state.Batch;
import io.zproc.internal.state.Versioned;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the items of one task, never more than there are slots ahead of the puller, and removes
 * the task when somebody has closed it.
 */
final class Feeder implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Feeder.class);

  private final Board board;
  private final PoolKeys pool;
  private final TaskKeys keys;
  private final TaskRecord task;
  private final long taskVersion;
  private final ItemSource items;
  private final ChunkSizer sizer;
  private long chunk;

  Feeder(
      Board board,
      PoolKeys pool,
      TaskKeys keys,
      Versioned<TaskRecord> task,
      ItemSource items,
      ChunkSizer sizer) {
    this.board = board;
    this.pool = pool;
    this.keys = keys;
    this.task = task.value();
    this.taskVersion = task.version();
    this.items = items;
    this.sizer = sizer;
  }

  @Override
  public void run() {
    try {
      feed();
      awaitClose();
    } catch (ClosedException e) {
      LOG.debug("the context of {} was closed", keys.record);
      return;
    } catch (RuntimeException | Error e) {
      LOG.warn("{} gets no more items", keys.record, e);
    }
    remove();
  }

  private void awaitClose() {
    Outage.outlast(() -> board.bells.await(keys.next, () -> isOpen() ? null : true));
  }

  private void remove() {
    try {
      Outage.outlast(
          () -> {
            new TaskBook(board).remove(keys.number, task.id());
            return true;
          });
    } catch (ZProcException e) {
      LOG.debug("{} is not removed from here", keys.record, e);
    }
  }

  private void feed() {
    while (awaitRoom()) {
      observe();
      Object[] taken = items.take(sizer.next());
      if (!publish(taken)) {
        return;
      }
      if (items.isExhausted()) {
        end();
        return;
      }
    }
  }

  private boolean publish(Object[] taken) {
    if (taken.length == 0) {
      return true;
    }
    for (Part part : Chunks.encode(taken)) {
      Slot slot = Slot.ready(chunk, part.count());
      if (!awaitRoom() || !Outage.outlast(() -> put(slot, part.bytes()))) {
        return false;
      }
      chunk++;
    }
    return true;
  }

  private void end() {
    if (awaitRoom()) {
      Failure failure = items.failure();
      Object[] last = failure == null ? new Object[0] : new Object[] {failure};
      Outage.outlast(() -> put(Slot.end(chunk, last.length), Chunks.encode(last).get(0).bytes()));
    }
  }

  /** Returns when the next chunk may be published, or false when the task is no more. */
  private boolean awaitRoom() {
    return Outage.outlast(() -> board.bells.await(keys.next, this::lookForRoom));
  }

  private Boolean lookForRoom() {
    if (!isOpen()) {
      return false;
    }
    return board.bells.read(keys.next) > chunk - keys.slots() ? true : null;
  }

  private boolean isOpen() {
    TaskRecord now = board.tasks.get(keys.record);
    return now != null && now.id() == task.id() && !now.closed();
  }

  /** Returns false when the task is no more. If the chunk is there already, nothing happens. */
  private boolean put(Slot slot, byte[] part) {
    String key = keys.slotOf(chunk);
    Slot before = board.slots.get(key);
    if (before != null && before.chunk() == chunk) {
      return isOpen();
    }
    Batch batch =
        board
            .batch()
            .ifVersion(board.tasks, keys.record, taskVersion)
            .put(board.slots, key, slot)
            .put(board.data, TaskKeys.part(key, 0), part);
    for (int i = 1; before != null && i < before.parts(); i++) {
      batch.remove(board.data, TaskKeys.part(key, i));
    }
    String bell = slot.phase() == Phase.END ? keys.done : pool.ready;
    return batch.add(board.bells.state, bell, 1).commit() != Batch.CONFLICT;
  }

  private void observe() {
    long count = 0;
    long nanos = 0;
    long bytes = 0;
    for (int i = 0; i < keys.slots(); i++) {
      Slot slot = board.slots.get(keys.slot(i));
      if (slot != null && slot.phase() == Phase.DONE) {
        count += slot.items();
        nanos += slot.nanos();
        bytes += slot.bytes();
      }
    }
    sizer.observe(count, nanos, bytes);
  }
}
