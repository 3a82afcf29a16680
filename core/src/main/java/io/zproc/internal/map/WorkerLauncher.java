package io.zproc.internal.map;

import io.zproc.ContextTarget;
import io.zproc.ManagedProcess;
import io.zproc.ProcessOptions;
import io.zproc.ZProcException;
import io.zproc.internal.process.ProcessGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts workers as processes, and tells when they have ended. Thread-safe. */
final class WorkerLauncher {
  /** Only a worker with a new ticket may follow one that died. */
  private static final ProcessOptions NEVER_AGAIN =
      ProcessOptions.defaults().start(true).maxRetries(0);

  private static final Logger LOG = LoggerFactory.getLogger(WorkerLauncher.class);

  private final ProcessGroup group;

  WorkerLauncher(ProcessGroup group) {
    this.group = group;
  }

  /**
   * @param onExit called once by another thread when the worker has ended, however that happened
   */
  ManagedProcess<?> launch(WorkerTicket ticket, Runnable onExit) {
    ContextTarget<Void> target =
        context -> {
          Worker.run(context, ticket);
          return null;
        };
    ManagedProcess<Void> process = group.startWithContext(NEVER_AGAIN, target);
    Thread supervisor =
        new Thread(() -> awaitEnd(process, onExit), "zproc-worker-" + ticket.index());
    supervisor.setDaemon(true);
    supervisor.start();
    return process;
  }

  private void awaitEnd(ManagedProcess<?> process, Runnable onExit) {
    try {
      process.await();
    } catch (ZProcException e) {
      // Whatever it was, it has ended.
    } finally {
      onExit.run();
      forget(process);
    }
  }

  private void forget(ManagedProcess<?> ended) {
    try {
      group.forget(ended);
    } catch (ZProcException e) {
      LOG.debug("what the state knows of {} stays there", ended, e);
    }
  }
}
