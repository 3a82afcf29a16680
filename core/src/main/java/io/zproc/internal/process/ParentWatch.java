package io.zproc.internal.process;

import java.io.IOException;
import java.io.InputStream;

/**
 * Ends this JVM when its parent has ended, however that died: the standard input that the parent
 * held open ends, or, should another process have inherited it, the parent's pid is gone. The
 * children of this JVM end in the same way, so none is left at any depth.
 */
final class ParentWatch {
  static final int ORPHANED = 3;

  /** How long what runs at exit may take. */
  private static final long EXIT_MS = 2_000;

  private ParentWatch() {}

  static void start(InputStream input) {
    daemon("zproc-parent", () -> endAfter(input)).start();
    ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(ParentWatch::end));
  }

  private static void endAfter(InputStream input) {
    try {
      while (input.read() >= 0) {
        continue;
      }
    } catch (IOException e) {
      // As good as the end of the input.
    }
    end();
  }

  private static void end() {
    daemon("zproc-orphan", () -> System.exit(ORPHANED)).start();
    try {
      Thread.sleep(EXIT_MS);
    } catch (InterruptedException e) {
      // Then at once.
    }
    Runtime.getRuntime().halt(ORPHANED);
  }

  private static Thread daemon(String name, Runnable action) {
    Thread thread = new Thread(action, name);
    thread.setDaemon(true);
    return thread;
  }
}
