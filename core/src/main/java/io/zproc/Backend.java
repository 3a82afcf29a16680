package io.zproc;

/** Where the target of a {@link ManagedProcess} runs. */
public enum Backend {
  /** In a JVM of its own. The default. */
  PROCESS,

  /**
   * On a daemon thread of this JVM, with everything else as for {@link #PROCESS}: target and result
   * are copied, and the state is another one. It starts at once, but it can not be killed; stopping
   * it interrupts it and closes its state.
   */
  THREAD
}
