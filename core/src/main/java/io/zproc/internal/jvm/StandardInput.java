package io.zproc.internal.jvm;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;

/**
 * The standard input of a process, which its parent holds open for as long as it lives. Made once;
 * nothing else may read the input then.
 *
 * <p>A JVM that ends waits 300 ms for threads that are in a system call. So the input is read
 * through a channel, which can be closed while a thread reads from it, and is when the JVM ends.
 */
public final class StandardInput {
  private final FileChannel channel = new FileInputStream(FileDescriptor.in).getChannel();
  private final InputStream stream = Channels.newInputStream(channel);

  public StandardInput() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "zproc-input-end"));
  }

  /** What the parent sends; not buffered. */
  public InputStream stream() {
    return stream;
  }

  /** Runs an action, on a thread of its own, when the input ends before this JVM does. */
  public void whenEnded(Runnable action) {
    Thread thread = new Thread(() -> awaitEnd(action), "zproc-parent");
    thread.setDaemon(true);
    thread.start();
  }

  private void awaitEnd(Runnable action) {
    try {
      while (stream.read() >= 0) {
        continue;
      }
    } catch (ClosedChannelException e) {
      return; // This JVM ends by itself, in its own time and with its own exit code.
    } catch (IOException e) {
      // As good as the end of the input.
    }
    action.run();
  }

  private void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // The JVM ends all the same, later.
    }
  }
}
