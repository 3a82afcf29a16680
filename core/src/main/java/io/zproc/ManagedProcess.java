package io.zproc;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A process that a {@link Context} has made, and watches over until it ends. It ends with its
 * target, when it is stopped, when its context is closed, and when this JVM ends, however that
 * happens. Thread-safe.
 *
 * @param <R> the type of the target's result
 */
public interface ManagedProcess<R> {

  /** Under which name the processes of a server know it. */
  String id();

  /**
   * Starts it, unless it was made by options that started it at once.
   *
   * @return its pid; with {@link Backend#THREAD}, that of this JVM
   * @throws ZProcException when it was started before, or can not be started
   */
  long start();

  /**
   * Ends it: with SIGTERM, and after 5 seconds with SIGKILL. It is not retried, and can not be
   * started again. Does nothing to a process that has ended.
   *
   * @return the exit code, as {@link #exitCode}
   */
  int stop();

  /**
   * Waits until it has ended, and gives what the target returned.
   *
   * @throws ProcessWaitException when it ended otherwise than by returning; its cause is the {@link
   *     RemoteException} if the target threw one
   */
  R await();

  /**
   * As {@link #await()}.
   *
   * @throws ZProcTimeoutException when it has not ended in time; it goes on
   */
  R await(Duration timeout);

  /** Whether it was started and has not ended. While it waits for being retried, it is alive. */
  boolean isAlive();

  /** Its pid, that of its last start; empty before it was started. */
  OptionalLong pid();

  /** How it ended: 0 well, 1 by an exception, −N by signal N; empty before it has ended. */
  OptionalInt exitCode();

  /** How often it was retried, as far as is known here. */
  int restarts();
}
