package io.zproc.internal.map;

/** Starts workers, in whatever way. */
interface WorkerLauncher {

  /**
   * @param onExit called once when the worker has ended, however that happened; not from within
   *     this call
   */
  RunningWorker launch(WorkerTicket ticket, Runnable onExit);
}
