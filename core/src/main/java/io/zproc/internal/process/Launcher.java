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

  /** A child that waits for its job: a spare, if there is one that will do. */
  Child launch(ProcessOptions options) {
    boolean isPlain = options.backend() == Backend.PROCESS && options.jvmFlags().isEmpty();
    ChildJvm spare = isPlain ? spares.take() : null;
    return spare != null ? spare : launchNew(options);
  }

  /** A child that is started for its job. */
  Child launchNew(ProcessOptions options) {
    return options.backend() == Backend.THREAD
        ? new ThreadChild(settings)
        : ChildJvm.start(settings, options.jvmFlags());
  }
}
