package io.zproc.internal.process;

import io.zproc.internal.jvm.StandardInput;
import java.io.InputStream;

/**
 * Ends this JVM when its parent has ended, however that died: the standard input that the parent
 * held open ends, or, should another process have inherited it, the parent's pid is gone. The
 * children of this JVM end in the same way, so none is left at any depth.
 */
public final class ParentWatch {
  static final int ORPHANED = 3;

  /** How long what runs at exit may take. */
  private static final long EXIT_MS = 2_000;

  private final StandardInput input = new StandardInput();

  private static volatile boolean isChild;

  /** Watches the parent's pid. */
  public ParentWatch() {
    isChild = true;
    ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(ParentWatch::end));
  }

  /** Whether this JVM was started as a process of another one. */
  static boolean isChild() {
    return isChild;
  }

  /** What the parent sends. */
  InputStream input() {
    return input.stream();
  }

  /** Watches the input, of which nothing is expected any more. */
  public void watchInput() {
    input.whenEnded(ParentWatch::end);
  }

  private static void end() {
    Thread exit = new Thread(() -> System.exit(ORPHANED), "zproc-orphan");
    exit.setDaemon(true);
    exit.start();
    try {
      Thread.sleep(EXIT_MS);
    } catch (InterruptedException e) {
      // Then at once.
    }
    Runtime.getRuntime().halt(ORPHANED);
  }
}
