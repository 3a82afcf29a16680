package io.zproc.internal.map;

import io.zproc.ContextTarget;
import io.zproc.ManagedProcess;
import io.zproc.ProcessOptions;
import io.zproc.ZProcException;
import io.zproc.internal.process.ProcessGroup;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts workers as processes, and tells when they have ended. Thread-safe. */
final class WorkerLauncher {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerLauncher.class);

  private final ProcessGroup group;
  private final ProcessOptions options;

  /**
   * @param options of the workers, before what the group has by default
   */
  WorkerLauncher(ProcessGroup group, ProcessOptions options) {
    this.group = group;
    this.options = options.start(true).maxRetries(0); // Only one with a new ticket may follow.
  }

  /**
   * @param onExit called once by another thread when the worker has ended, however that happened
   */
  ManagedProcess<?> launch(WorkerTicket ticket, Runnable onExit) {
    return launch(
        context -> {
          Worker.run(context, ticket);
          return null;
        },
        "zproc-worker-" + ticket.index(),
        process -> onExit.run());
  }

  /** The same for any worker. */
  ManagedProcess<?> launch(
      ContextTarget<Void> worker, String name, Consumer<ManagedProcess<?>> onExit) {
    ManagedProcess<Void> process = group.startWithContext(options, worker);
    Thread supervisor = new Thread(() -> awaitEnd(process, onExit), name);
    supervisor.setDaemon(true);
    supervisor.start();
    return process;
  }

  private void awaitEnd(ManagedProcess<?> process, Consumer<ManagedProcess<?>> onExit) {
    try {
      ProcessGroup.awaitEnd(process);
    } catch (ZProcException e) {
      // Whatever it was, it has ended.
    } finally {
      onExit.accept(process);
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
