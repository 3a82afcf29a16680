package io.zproc;

import io.zproc.internal.map.Maps;
import io.zproc.internal.process.ConnectionSettings;
import io.zproc.internal.process.ExitHook;
import io.zproc.internal.process.ProcessGroup;

/**
 * What a context has started: its processes, and the workers of its maps. Made when it is first
 * needed, since most contexts start nothing. Thread-safe.
 */
final class ContextProcesses {
  private final Context context;
  private final ConnectionSettings settings;
  private final ProcessOptions defaults;
  private final int spares;
  private final Runnable atExit;
  private ProcessGroup group;
  private Maps maps;
  private ExitHook exitHook;
  private boolean closed;

  /**
   * @param spares how many JVMs to keep warm
   * @param atExit what to do when this JVM ends and there are processes, or null
   */
  ContextProcesses(
      Context context,
      ConnectionSettings settings,
      ProcessOptions defaults,
      int spares,
      Runnable atExit) {
    this.context = context;
    this.settings = settings;
    this.defaults = defaults;
    this.spares = spares;
    this.atExit = atExit;
  }

  synchronized ProcessGroup group() {
    if (group == null) {
      requireOpen();
      group = new ProcessGroup(context, settings, defaults, spares);
      exitHook = atExit == null ? null : new ExitHook(atExit);
    }
    return group;
  }

  synchronized Maps maps() {
    if (maps == null) {
      requireOpen();
      maps = new Maps(context, group().sibling());
    }
    return maps;
  }

  private void requireOpen() {
    if (closed) {
      throw new ClosedException("the context of " + settings.address() + " was closed");
    }
  }

  /**
   * Ends all of them; what was not made before is not made any more.
   *
   * @param afterwards whether to let processes come to their end first
   */
  void close(boolean afterwards) {
    ProcessGroup closingGroup;
    Maps closingMaps;
    ExitHook hook;
    synchronized (this) {
      closed = true;
      closingGroup = group;
      closingMaps = maps;
      hook = exitHook;
    }
    try {
      if (closingGroup != null) {
        closingGroup.close(afterwards);
      }
    } finally {
      if (hook != null) {
        hook.close();
      }
      if (closingMaps != null) {
        closingMaps.close();
      }
    }
  }
}
