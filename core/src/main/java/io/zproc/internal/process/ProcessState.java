package io.zproc.internal.process;

/** Where a process is in its life. */
public enum ProcessState {
  STARTING,
  RUNNING,
  RETRYING,
  RETURNED,
  FAILED,
  STOPPED,
  KILLED;

  /** What a process is after it ended by itself with this code. */
  static ProcessState ended(int exitCode) {
    return exitCode == 0 ? RETURNED : exitCode > 0 ? FAILED : KILLED;
  }

  public boolean isEnd() {
    return ordinal() >= RETURNED.ordinal();
  }
}
