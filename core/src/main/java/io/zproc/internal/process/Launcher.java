package io.zproc.internal.process;

import io.zproc.Backend;
import io.zproc.ProcessOptions;

/** Makes children: threads, JVMs, or JVMs that are warm already. Thread-safe. */
final class Launcher {
  private final ConnectionSettings settings;
  private final SparePool spares;

  Launcher(ConnectionSettings settings, SparePool spares) {
    this.settings = settings;
    this.spares = spares;
  }

  /** A child that waits for its job. */
  Child launch(ProcessOptions options) {
    if (options.backend() == Backend.THREAD) {
      return new ThreadChild(settings);
    }
    ChildJvm spare = options.jvmFlags().isEmpty() ? spares.take() : null;
    return spare != null ? spare : ChildJvm.start(settings, options.jvmFlags());
  }
}
