package io.zproc.internal.map;

/** A worker that was started. */
interface RunningWorker {

  /** Ends it and returns when it has ended. */
  void stop();
}
