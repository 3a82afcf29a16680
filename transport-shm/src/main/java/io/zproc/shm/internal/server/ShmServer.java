package io.zproc.shm.internal.server;

import io.zproc.ServerOptions;
import io.zproc.WaitStrategy;
import io.zproc.ZProcException;
import io.zproc.shm.internal.journal.JournalWriter;
import io.zproc.shm.internal.layout.Control;
import io.zproc.shm.internal.layout.ControlDescriptor;
import io.zproc.shm.internal.layout.Directory;
import io.zproc.shm.internal.layout.SessionEntryDescriptor;
import io.zproc.shm.internal.os.FileSpace;
import io.zproc.shm.internal.os.Files600;
import io.zproc.shm.internal.os.Futex;
import io.zproc.shm.internal.os.Helper;
import io.zproc.shm.internal.os.LockFile;
import io.zproc.shm.internal.os.Memory;
import io.zproc.shm.internal.os.ParkedFlag;
import io.zproc.shm.internal.os.Waiter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server in this process: takes a directory, makes the state from its journal, and runs the
 * conductor until it is stopped.
 */
public final class ShmServer implements Runnable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ShmServer.class);
  private static final long LOCK_PATIENCE_NS = 1_000_000_000;
  private static final int HOUSEKEEPING_CYCLES = 256;

  private final Directory directory;
  private final LockFile locks;
  private final Control control;
  private final JournalWriter journal;
  private final Helper helper;
  private final Conductor conductor;
  private final Waiter waiter;
  private final BooleanSupplier isSomethingToDo = this::isSomethingToDo;
  private volatile boolean running = true;

  private ShmServer(
      Directory directory,
      LockFile locks,
      Control control,
      JournalWriter journal,
      Helper helper,
      Conductor conductor,
      Waiter waiter) {
    this.helper = helper;
    this.directory = directory;
    this.locks = locks;
    this.control = control;
    this.journal = journal;
    this.conductor = conductor;
    this.waiter = waiter;
  }

  /**
   * Takes the directory and brings the state to where the last server left it. When this returns,
   * clients can connect; their commands are served as soon as {@link #run} runs.
   *
   * @throws ZProcException when another server holds the directory
   */
  public static ShmServer open(Directory directory, ServerOptions options) {
    LockFile locks = lock(directory);
    Helper helper = new Helper();
    try {
      return open(directory, locks, helper, options);
    } catch (RuntimeException | Error e) {
      helper.close();
      locks.unlock(Directory.SERVER_LOCK);
      locks.close();
      throw e;
    }
  }

  private static LockFile lock(Directory directory) {
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
        throw new ZProcException(
            "another server" + describe(directory) + " already serves " + directory);
      }
      // A client that asks whether a server lives holds the lock for a moment.
      LockSupport.parkNanos(1_000_000);
    }
    return locks;
  }

  private static String describe(Directory directory) {
    try {
      return " (pid " + Control.open(directory.control()).serverPid() + ")";
    } catch (ZProcException e) {
      return "";
    }
  }

  private static ShmServer open(
      Directory directory, LockFile locks, Helper helper, ServerOptions options) {
    Control control = Control.openOrCreate(directory.control());
    control.beginEpoch(ProcessHandle.current().pid());
    JournalWriter journal =
        JournalWriter.open(
            directory.journal(), options.maxJournalBytes(), helper, control::journalFirst);
    long generation = control.nextGeneration();
    SlotStore slots =
        new SlotStore(directory.path(), control, generation, options.maxStateBytes(), helper);
    deleteMaps(directory.path());
    slots.start();
    StateStore store = new StateStore(slots);
    Recovery recovery = new Recovery(store, liveSessions(control, locks));
    recovery.recover(directory.journal());
    if (!journal.isNew()) {
      recovery.requireAll(control);
    }
    control.raiseSessionNumber(recovery.lastSession());
    control.identity(recovery.identity());
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
    commits.start(ProcessHandle.current().pid(), generation, recovery.identity());
    // The server before may have been killed while it woke some.
    control.parkedWatchers().wakeAll();
    Futex.load();
    control.serverState(ControlDescriptor.READY);
    LOG.info("serving {} from revision {}", directory, commits.revision());
    return new ShmServer(directory, locks, control, journal, helper, conductor, waiter(options));
  }

  /**
   * Where there is one processor, a gateway's threads in this JVM need the time that a spinning
   * server takes, even one that yields: 220 commands a second waited for a time slice to end.
   */
  private static Waiter waiter(ServerOptions options) {
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

  /** Removes the maps of earlier generations, and their memory even where they are still mapped. */
  private static void deleteMaps(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(ShmServer::isMap).toList()) {
        FileSpace.release(file);
        Files600.deleteQuietly(file);
      }
    } catch (IOException e) {
      throw new ZProcException("can not clear " + directory + ": " + e, e);
    }
  }

  private static boolean isMap(Path file) {
    return file.getFileName().toString().startsWith("map.");
  }

  /** Serves until {@link #stop}. */
  @Override
  public void run() {
    try {
      while (running) {
        try {
          conductor.resumeInterrupted();
          serve();
        } catch (InternalError e) {
          if (!conductor.survives(e, System.nanoTime())) {
            throw e;
          }
        }
      }
    } catch (RuntimeException | Error e) {
      LOG.error("the server of {} stops: what it acknowledged is in the journal", directory, e);
    } finally {
      shutDown();
    }
  }

  private void serve() {
    for (int cycle = 0; running; cycle++) {
      if (cycle % HOUSEKEEPING_CYCLES == 0) {
        conductor.housekeeping(System.nanoTime());
      }
      if (conductor.doWork() > 0) {
        waiter.reset();
      } else {
        idle();
      }
    }
  }

  private void idle() {
    if (conductor.useIdleTime() || !waiter.spin()) {
      return;
    }
    conductor.housekeeping(System.nanoTime());
    ParkedFlag parked = control.serverParked();
    if (parked.raise(isSomethingToDo)) {
      parked.sleep(System.nanoTime() + conductor.idleLimitNs());
    }
    parked.lower();
    waiter.slept();
  }

  private boolean isSomethingToDo() {
    return conductor.hasWork() || !running;
  }

  private void shutDown() {
    control.serverState(ControlDescriptor.STOPPED);
    helper.close();
    journal.close();
    control.nextGeneration();
    deleteMaps(directory.path());
    locks.unlock(Directory.SERVER_LOCK);
    locks.close();
    LOG.info("stopped serving {}", directory);
  }

  /** Makes {@link #run} return soon; from any thread. */
  public void stop() {
    running = false;
    control.serverParked().wakeOnce();
  }

  @Override
  public void close() {
    stop();
  }
}
