package io.zproc.internal.process;

/** Something to be done when this JVM ends by itself or by SIGTERM. Thread-safe. */
public final class ExitHook implements AutoCloseable {
  private final Thread hook;

  public ExitHook(Runnable action) {
    hook = new Thread(action, "zproc-exit");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Takes it back. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook runs, or has run.
    }
  }
}
