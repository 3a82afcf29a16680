package io.zproc.shm.testing;

/**
 * A thread for each task. The common pool has one on a machine with two processors, and a task that
 * waits for another one there waits for ever.
 */
public final class TestThreads {
  private TestThreads() {}

  /** An executor, as a method reference. */
  public static void start(Runnable task) {
    Thread thread = new Thread(task, "test-task");
    thread.setDaemon(true);
    thread.start();
  }
}
