package io.zproc.shm.internal.server;

import io.zproc.ServerOptions;
import io.zproc.ZProcException;
import io.zproc.shm.internal.journal.JournalWriter;
import io.zproc.shm.internal.layout.Control;
import io.zproc.shm.internal.layout.ControlDescriptor;
import io.zproc.shm.internal.layout.Directory;
import io.zproc.shm.internal.os.Helper;
import io.zproc.shm.internal.os.LockFile;
import io.zproc.shm.internal.os.ParkedFlag;
import io.zproc.shm.internal.os.Waiter;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server in this process: takes a directory, makes the state from its journal, and runs the
 * conductor until it is stopped.
 */
public final class ShmServer implements Runnable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ShmServer.class);
  private static final int HOUSEKEEPING_CYCLES = 256;

  private final Directory directory;
  private final LockFile locks;
  private final Control control;
  private final JournalWriter journal;
  private final Helper helper;
  private final SlotStore slots;
  private final Conductor conductor;
  private final Waiter waiter;
  private final BooleanSupplier isSomethingToDo = this::isSomethingToDo;
  private volatile boolean running = true;

  ShmServer(
      Directory directory,
      LockFile locks,
      Control control,
      JournalWriter journal,
      Helper helper,
      SlotStore slots,
      Conductor conductor,
      Waiter waiter) {
    this.helper = helper;
    this.slots = slots;
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
    return new ServerStart(directory, options).open();
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
    conductor.close();
    helper.close();
    slots.close();
    journal.close();
    control.nextGeneration();
    Extents.deleteAll(directory.path());
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
