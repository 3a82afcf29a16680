package io.zproc.internal.process;

import io.zproc.Context;
import io.zproc.Signals;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A child that is a thread. It reads its job as a JVM would, so that both backends mean the same.
 */
final class ThreadChild implements Child {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadChild.class);

  private final ConnectionSettings settings;
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private volatile Thread thread;
  private volatile Context context;
  private volatile boolean terminated;

  ThreadChild(ConnectionSettings settings) {
    this.settings = settings;
  }

  @Override
  public long pid() {
    return ProcessHandle.current().pid();
  }

  @Override
  public void begin(Job job) {
    context = settings.open();
    thread = new Thread(() -> run(job), "zproc-process-" + job.id());
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public boolean isSpare() {
    return false;
  }

  private void run(Job job) {
    int code = 1;
    try {
      code = new JobRunner(settings, context, job).run();
    } catch (RuntimeException | Error e) {
      if (!terminated) {
        LOG.warn("process {} could not tell what came of it", job.id(), e);
      }
    } finally {
      exit.complete(terminated && code != 0 ? -Signals.SIGTERM.number() : code);
    }
  }

  @Override
  public int awaitExit() throws InterruptedException {
    try {
      return exit.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void terminate() {
    terminated = true;
    if (thread != null) {
      thread.interrupt();
      context.close();
    }
  }

  /** All that can be done is to wait for it no longer. */
  @Override
  public void kill() {
    if (exit.complete(-Signals.SIGKILL.number()) && thread != null) {
      LOG.warn("{} does not end although it was interrupted; it is left alone", thread);
    }
  }
}
