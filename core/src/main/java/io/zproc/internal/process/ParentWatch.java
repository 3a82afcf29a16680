package io.zproc.internal.process;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;

/**
 * Ends this JVM when its parent has ended, however that died: the standard input that the parent
 * held open ends, or, should another process have inherited it, the parent's pid is gone. The
 * children of this JVM end in the same way, so none is left at any depth.
 *
 * <p>A JVM that ends waits 300 ms for threads that are in a system call. So the input is read
 * through a channel, which can be closed while a thread reads from it, and is when the JVM ends.
 */
public final class ParentWatch {
  static final int ORPHANED = 3;

  /** How long what runs at exit may take. */
  private static final long EXIT_MS = 2_000;

  private final FileChannel channel = new FileInputStream(FileDescriptor.in).getChannel();
  private final InputStream input = Channels.newInputStream(channel);

  private static volatile boolean isChild;

  /** Watches the parent's pid. */
  public ParentWatch() {
    isChild = true;
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "zproc-parent-end"));
    ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(ParentWatch::end));
  }

  /** Whether this JVM was started as a process of another one. */
  static boolean isChild() {
    return isChild;
  }

  /** What the parent sends. */
  InputStream input() {
    return input;
  }

  /** Watches the input, of which nothing is expected any more. */
  public void watchInput() {
    daemon("zproc-parent", this::endAfterInput).start();
  }

  private void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // The JVM ends all the same, later.
    }
  }

  private void endAfterInput() {
    try {
      while (input.read() >= 0) {
        continue;
      }
    } catch (ClosedChannelException e) {
      return; // This JVM ends by itself, in its own time and with its own exit code.
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
