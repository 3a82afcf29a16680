package io.zproc.shm.internal.server;

import io.zproc.ServerOptions;
import io.zproc.WaitStrategy;
import io.zproc.ZProcException;
import io.zproc.shm.internal.journal.JournalWriter;
import io.zproc.shm.internal.layout.Control;
import io.zproc.shm.internal.layout.ControlDescriptor;
import io.zproc.shm.internal.layout.Directory;
import io.zproc.shm.internal.layout.SessionEntryDescriptor;
import io.zproc.shm.internal.os.Files600;
import io.zproc.shm.internal.os.Futex;
import io.zproc.shm.internal.os.Helper;
import io.zproc.shm.internal.os.LockFile;
import io.zproc.shm.internal.os.Memory;
import io.zproc.shm.internal.os.Waiter;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a server begins: it takes a directory, makes the state from its journal, and is put together.
 */
final class ServerStart {
  private static final Logger LOG = LoggerFactory.getLogger(ServerStart.class);
  private static final long LOCK_PATIENCE_NS = 1_000_000_000;

  private final Directory directory;
  private final ServerOptions options;

  ServerStart(Directory directory, ServerOptions options) {
    this.directory = directory;
    this.options = options;
  }

  /**
   * A server that is ready to run.
   *
   * @throws ZProcException when another server holds the directory
   */
  ShmServer open() {
    boolean isNew = Files.notExists(directory.path());
    LockFile locks = lock();
    Helper helper = new Helper();
    try {
      return open(locks, helper);
    } catch (RuntimeException | Error e) {
      helper.close();
      if (isNew) {
        PrivateDirectories.remove(directory);
      }
      locks.unlock(Directory.SERVER_LOCK);
      locks.close();
      throw e;
    }
  }

  private LockFile lock() {
    try {
      Files600.createDirectories(directory.path());
      Files600.createDirectories(directory.sessions());
    } catch (IOException e) {
      throw new ZProcException("can not create the directory " + directory + ": " + e, e);
    }
    LockFile locks = LockFile.open(directory.locks());
    long deadline = System.nanoTime() + LOCK_PATIENCE_NS;
    while (!locks.tryLock(Directory.SERVER_LOCK)) {
      if (System.nanoTime() - deadline > 0) {
        locks.close();
        throw new ZProcException("another server" + describe() + " already serves " + directory);
      }
      // A client that asks whether a server lives holds the lock for a moment.
      LockSupport.parkNanos(1_000_000);
    }
    return locks;
  }

  private String describe() {
    try {
      return " (pid " + Control.open(directory.control()).serverPid() + ")";
    } catch (ZProcException e) {
      return "";
    }
  }

  private ShmServer open(LockFile locks, Helper helper) {
    Control control = Control.openOrCreate(directory.control());
    control.beginEpoch(ProcessHandle.current().pid());
    JournalWriter journal =
        JournalWriter.open(
            directory.journal(), options.maxJournalBytes(), helper, control::journalFirst);
    SlotStore slots = newGeneration(control, helper);
    try {
      return open(locks, helper, control, journal, slots);
    } catch (RuntimeException | Error e) {
      slots.close();
      throw e;
    }
  }

  private ShmServer open(
      LockFile locks, Helper helper, Control control, JournalWriter journal, SlotStore slots) {
    StateStore store = new StateStore(slots);
    Recovery recovery = recover(store, journal, control, locks);
    CommitProcessor commits =
        new CommitProcessor(store, journal, control, new ServerClock(), recovery.revision());
    Statistics statistics = new Statistics();
    ReplyBuffers buffers = new ReplyBuffers();
    Sessions sessions =
        new Sessions(directory, control, locks, recovery.replies(), statistics, buffers);
    sessions.freeDead(session -> {});
    Turns turns = new Turns();
    gauges(statistics, store, commits, journal, sessions, control);
    CommandAdapter adapter =
        new CommandAdapter(store, commits, turns, recovery.remotes(), statistics, buffers);
    Checkpointer checkpointer =
        new Checkpointer(
            store,
            journal,
            commits,
            directory.journal(),
            helper,
            () -> sessions.image(recovery.remotes()));
    Conductor conductor = new Conductor(control, sessions, adapter, commits, turns, checkpointer);
    commits.onFull(checkpointer::makeRoom);
    checkpointer.start();
    control.baseRevision(recovery.revision());
    commits.start(ProcessHandle.current().pid(), slots.generation(), recovery.identity());
    // The server before may have been killed while it woke some.
    control.parkedWatchers().wakeAll();
    Futex.load();
    control.serverState(ControlDescriptor.READY);
    LOG.info("serving {} from revision {}", directory, commits.revision());
    return new ShmServer(directory, locks, control, journal, helper, slots, conductor, waiter());
  }

  /** Slots in new maps, without keys; those before are taken away. */
  private SlotStore newGeneration(Control control, Helper helper) {
    long generation = control.nextGeneration();
    SlotStore slots =
        new SlotStore(directory.path(), control, generation, options.maxStateBytes(), helper);
    Extents.deleteAll(directory.path());
    slots.start();
    return slots;
  }

  private Recovery recover(
      StateStore store, JournalWriter journal, Control control, LockFile locks) {
    Recovery recovery = new Recovery(store, liveSessions(control, locks));
    recovery.recover(directory.journal());
    if (!journal.isNew()) {
      recovery.requireAll(control);
    }
    control.raiseSessionNumber(recovery.lastSession());
    control.identity(recovery.identity());
    return recovery;
  }

  /**
   * How the server waits. Where there is one processor, a gateway's threads in this JVM need the
   * time that a spinning server takes, even one that yields: 220 commands a second waited for a
   * time slice to end.
   */
  private Waiter waiter() {
    WaitStrategy wanted = options.waitStrategy();
    boolean takesTime =
        !options.listen().isEmpty() && Runtime.getRuntime().availableProcessors() == 1;
    return Waiter.of(
        takesTime && wanted == WaitStrategy.SPIN_THEN_BLOCK ? WaitStrategy.BLOCKING : wanted);
  }

  private static void gauges(
      Statistics statistics,
      StateStore store,
      CommitProcessor commits,
      JournalWriter journal,
      Sessions sessions,
      Control control) {
    statistics.gauge("pid", () -> ProcessHandle.current().pid());
    statistics.gauge("identity", control::identity);
    statistics.gauge("revision", commits::revision);
    statistics.gauge("epoch", control::epoch);
    statistics.gauge("generation", control::generation);
    statistics.gauge("namespaces", store::namespaceCount);
    statistics.gauge("keys", store::keyCount);
    statistics.gauge("state_bytes", () -> store.slots().bytes());
    statistics.gauge("journal_bytes", journal::size);
    statistics.gauge("journal_first_revision", journal::first);
    statistics.gauge("sessions", sessions::count);
  }

  private static Set<Long> liveSessions(Control control, LockFile locks) {
    Set<Long> live = new HashSet<>();
    for (int index = 0; index < ControlDescriptor.SESSIONS; index++) {
      long entry = control.sessionAddress(index);
      int state = Memory.getIntVolatile(entry + SessionEntryDescriptor.STATE_OFFSET);
      if (state != SessionEntryDescriptor.FREE && locks.isHeld(Directory.sessionLock(index))) {
        live.add(Memory.getLong(entry + SessionEntryDescriptor.NUMBER_OFFSET));
      }
    }
    return live;
  }
}
