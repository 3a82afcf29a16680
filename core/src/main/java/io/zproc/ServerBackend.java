package io.zproc;

/** Where a server runs. */
public enum ServerBackend {
  /** In a JVM of its own, so that it survives what happens to this one. The default. */
  PROCESS,

  /** On a thread of this JVM. */
  THREAD
}
