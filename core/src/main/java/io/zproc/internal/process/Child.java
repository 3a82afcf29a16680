package io.zproc.internal.process;

/** One run of a process, as its supervisor sees it. Thread-safe. */
interface Child {

  long pid();

  /** Gives it what it waits for; once. If it has died before, {@link #awaitExit} tells how. */
  void begin(Job job);

  /** Whether it was started before anybody had a job for it. */
  boolean isSpare();

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
