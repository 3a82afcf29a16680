package io.zproc.internal.map;

import io.zproc.Context;

/** Starts workers as threads, each with a context of its own. */
final class ThreadLauncher implements WorkerLauncher {
  private final Context context;

  ThreadLauncher(Context context) {
    this.context = context;
  }

  @Override
  public RunningWorker launch(WorkerTicket ticket, Runnable onExit) {
    Context own = Context.open(context.address());
    Thread thread =
        new Thread(
            () -> {
              try (own) {
                Worker.run(own, ticket);
              } finally {
                onExit.run();
              }
            },
            "zproc-worker-" + ticket.index());
    thread.setDaemon(true);
    thread.start();
    return own::close;
  }
}
