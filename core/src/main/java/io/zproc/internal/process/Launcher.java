package io.zproc.internal.process;

import io.zproc.Backend;
import io.zproc.ProcessOptions;

/** Makes children: threads, or JVMs. Thread-safe. */
final class Launcher {
  private final ConnectionSettings settings;

  Launcher(ConnectionSettings settings) {
    this.settings = settings;
  }

  /** A child that waits for its job. */
  Child launch(ProcessOptions options) {
    return options.backend() == Backend.THREAD
        ? new ThreadChild(settings)
        : ChildJvm.start(settings, options.jvmFlags());
  }
}
