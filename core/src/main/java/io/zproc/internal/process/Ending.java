package io.zproc.internal.process;

import io.zproc.ManagedProcess;
import io.zproc.ProcessWaitException;
import java.io.IOException;

/**
 * How a process ended, for good. Immutable.
 *
 * @param outcome null when it ended before it could tell, or that can not be read
 * @param trouble why the outcome can not be read, or null
 */
record Ending(int exitCode, Outcome outcome, Throwable trouble) {

  /** The result, a new copy each time. */
  Object result(ManagedProcess<?> process) {
    if (exitCode == 0 && outcome != null && !outcome.isFailure()) {
      return decoded(process);
    }
    if (outcome != null && outcome.isFailure()) {
      Throwable remote = outcome.exception();
      throw new ProcessWaitException(
          process + " threw " + remote.getMessage(), exitCode, process, remote);
    }
    throw new ProcessWaitException(process + " " + how(), exitCode, process, trouble);
  }

  private Object decoded(ManagedProcess<?> process) {
    try {
      return outcome.value();
    } catch (IOException | ClassNotFoundException | RuntimeException e) {
      throw new ProcessWaitException(
          process + " returned what can not be read here: " + e, exitCode, process, e);
    }
  }

  private String how() {
    String end =
        exitCode < 0 ? "was ended by signal " + -exitCode : "ended with exit code " + exitCode;
    return trouble == null
        ? end + " without a result"
        : end + ", and its result can not be read: " + trouble.getMessage();
  }
}
