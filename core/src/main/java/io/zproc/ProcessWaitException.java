package io.zproc;

/**
 * A process that was waited for did not return a result. The message says how it ended; the cause,
 * if there is one, is what its target threw.
 */
public final class ProcessWaitException extends ZProcException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final transient ManagedProcess<?> process;

  public ProcessWaitException(
      String message, int exitCode, ManagedProcess<?> process, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
    this.process = process;
  }

  /** As {@link ManagedProcess#exitCode}. */
  public int exitCode() {
    return exitCode;
  }

  /** The process; null when this exception comes from another JVM. */
  public ManagedProcess<?> process() {
    return process;
  }
}
