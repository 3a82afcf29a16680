package io.zproc.internal.process;

/** One run of a process, as its supervisor sees it. Thread-safe. */
interface Child {

  long pid();

  /**
   * Gives it what it waits for; once.
   *
   * @throws io.zproc.ZProcException when it has died before
   */
  void begin(Job job);

  /**
   * Waits until it has ended and its output is written.
   *
   * @return the exit code, −N for signal N
   */
  int awaitExit() throws InterruptedException;

  /** Asks it to end. */
  void terminate();

  /** Ends it without asking. */
  void kill();
}
