package io.zproc.internal.map;

import io.zproc.ManagedProcess;
import io.zproc.MapOptions;
import io.zproc.ZProcException;
import io.zproc.internal.state.Batch;
import io.zproc.internal.state.Versioned;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers of a context, and their supervisor. Thread-safe: its monitor guards the members; it
 * is not held while somebody waits for a worker to end.
 */
final class Pool {
  private static final Logger LOG = LoggerFactory.getLogger(Pool.class);
  private static final long SHORT_LIFE_NS = 30_000_000_000L;
  private static final int MAX_SHORT_LIVES = 10;
  private static final int MIN_SLOTS = 32;
  private static final int MAX_SLOTS = 1024;
  private static final int SLOTS_PER_WORKER = 4;

  private final Board board;
  private final WorkerLauncher launcher;
  private final String namespace;
  private final long id = TaskBook.newId();
  private final PoolKeys keys;
  private final List<Member> members = new ArrayList<>();
  private int shortLives;
  private boolean retired;
  private boolean closed;

  Pool(Board board, WorkerLauncher launcher, String namespace) {
    this.board = board;
    this.launcher = launcher;
    this.namespace = namespace;
    new NodeBook(board).removeEnded();
    this.keys = new PoolBook(board).open(id);
  }

  /** Opens a task and begins to feed it. */
  TaskId submit(byte[] function, Iterator<?> items, MapOptions options) {
    int workers = options.count() + new NodeBook(board).countWorkers();
    int slots = Math.max(MIN_SLOTS, Math.min(MAX_SLOTS, SLOTS_PER_WORKER * workers));
    TaskRecord task =
        new TaskRecord(TaskBook.newId(), keys.number, id, options.count(), slots, namespace, false);
    int number = new TaskBook(board).open(keys, task, function);
    ensureFor(number, task);
    feed(number, task, items, options);
    return new TaskId(number, task.id());
  }

  /** When the task is there, so that a worker that dies meanwhile is seen to be needed. */
  private void ensureFor(int number, TaskRecord task) {
    try {
      ensure(task.workers());
    } catch (RuntimeException | Error e) {
      new TaskBook(board).remove(number, task.id());
      throw e;
    }
  }

  private void feed(int number, TaskRecord task, Iterator<?> items, MapOptions options) {
    TaskKeys taskKeys = new TaskKeys(number, task.slots());
    Versioned<TaskRecord> opened = Batch.read(board.tasks, taskKeys.record);
    ItemSource source = new ItemSource(items);
    ChunkSizer sizer = new ChunkSizer(options.chunkSize());
    Thread feeder =
        new Thread(
            new Feeder(board, keys, taskKeys, opened, source, sizer),
            "zproc-feeder-" + taskKeys.number);
    feeder.setDaemon(true);
    feeder.start();
  }

  /** Starts workers until there are {@code count}. */
  private synchronized void ensure(int count) {
    while (members.size() < count) {
      members.add(null);
    }
    for (int index = 0; index < count; index++) {
      if (members.get(index) == null) {
        start(index);
      }
    }
  }

  private void start(int index) {
    WorkerTicket ticket = new WorkerTicket(keys.number, id, index, TaskBook.newId());
    if (!new PoolBook(board).enlist(ticket)) {
      throw new ZProcException("the workers' pool " + keys.number + " was removed by somebody");
    }
    members.set(
        index, new Member(ticket, launcher.launch(ticket, () -> ended(ticket)), System.nanoTime()));
  }

  /** Called by a thread of the worker's supervision. */
  private void ended(WorkerTicket ticket) {
    try {
      Release release = new Release(board, wasKilled(ticket));
      boolean diedAtWork = Outage.outlast(() -> release.workerDied(ticket));
      Outage.outlast(
          () -> {
            replace(ticket, diedAtWork);
            return true;
          });
    } catch (RuntimeException | Error e) {
      if (!isClosed()) {
        LOG.warn("worker {} can not be replaced; its maps end", ticket.index(), e);
        tryToGiveUp(() -> Outage.outlast(this::giveUp));
      }
    }
  }

  private void tryToGiveUp(Runnable way) {
    try {
      way.run();
    } catch (ZProcException e) {
      LOG.debug("what the state knows of pool {} stays there", keys.number, e);
    }
  }

  private synchronized boolean wasKilled(WorkerTicket ticket) {
    Member member = members.get(ticket.index());
    return member != null
        && member.ticket().id() == ticket.id()
        && Release.isKill(member.process().exitCode().orElse(0));
  }

  /** Removes the pool and its tasks, so that pullers do not wait for ever. */
  private Void giveUp() {
    synchronized (this) {
      closed = true;
    }
    new PoolBook(board).remove(keys, id);
    return null;
  }

  /** May be called again, when it has thrown an exception. */
  private synchronized void replace(WorkerTicket ticket, boolean diedAtWork) {
    Member member = members.get(ticket.index());
    if (closed || member == null || member.ticket().id() != ticket.id()) {
      return;
    }
    PoolRecord pool = board.pools.get(keys.record);
    boolean isThere = pool != null && pool.id() == id;
    if (isThere && !pool.tasks().isEmpty()) {
      checkLife(member, diedAtWork);
      start(ticket.index());
      return;
    }
    members.set(ticket.index(), null);
    if (isThere && retired && workers().isEmpty()) {
      removeIfIdle();
    }
  }

  /** One without workers, for those of nodes, has nobody else to remove it. */
  private void removeIfIdle() {
    PoolRecord pool = board.pools.get(keys.record);
    if (pool == null || pool.id() != id || pool.tasks().isEmpty()) {
      new PoolBook(board).remove(keys, id);
      closed = true;
    }
  }

  /**
   * Workers that end by themselves before they work, one after the other, will not do better; those
   * that somebody kills may. Deaths at work are counted for each chunk.
   */
  private void checkLife(Member member, boolean diedAtWork) {
    int exitCode = member.process().exitCode().orElse(0);
    boolean isShort = System.nanoTime() - member.startedNs() < SHORT_LIFE_NS;
    if (diedAtWork || !isShort) {
      shortLives = 0;
    } else if (!Release.isKill(exitCode)) {
      shortLives++;
    }
    if (shortLives == MAX_SHORT_LIVES) {
      throw new ZProcException(
          MAX_SHORT_LIVES
              + " workers ended before they did anything, the last one with exit code "
              + exitCode);
    }
  }

  /** Those that are not known to have ended. */
  synchronized List<ManagedProcess<?>> workers() {
    return members.stream()
        .filter(Objects::nonNull)
        .<ManagedProcess<?>>map(Member::process)
        .toList();
  }

  /** Whether the state has it: another state that has taken the server's address has not. */
  boolean isThere() {
    PoolRecord pool = board.pools.get(keys.record);
    return pool != null && pool.id() == id;
  }

  /** Whether it was retired and has nothing left. */
  synchronized boolean hasEnded() {
    if (!closed && retired && workers().isEmpty()) {
      removeIfIdle();
    }
    return closed;
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** Lets workers end as soon as there is nothing to do. */
  synchronized void retire() {
    retired = true;
    new PoolBook(board).retire(keys, id);
  }

  /**
   * Ends workers and tasks. What another thread may be removing just now is removed here as well,
   * since that one gets no further when the context is closed.
   */
  void close() {
    List<ManagedProcess<?>> running = workers();
    tryToGiveUp(this::giveUp);
    running.forEach(ManagedProcess::stop);
  }
}
