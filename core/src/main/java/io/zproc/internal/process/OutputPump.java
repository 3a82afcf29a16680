package io.zproc.internal.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.function.Supplier;

/**
 * Copies what a child prints to the like stream of this JVM, whole lines at a time, so that lines
 * of several processes do not mix. Runs on a daemon thread until the child's stream ends.
 */
final class OutputPump implements Runnable {
  /** A longer line is copied in parts. */
  private static final int MAX_LINE = 1 << 16;

  private static final Supplier<PrintStream> OUT = () -> System.out;
  private static final Supplier<PrintStream> ERR = () -> System.err;

  private final InputStream from;
  private final Supplier<PrintStream> to;
  private final byte[] line = new byte[MAX_LINE];
  private Runnable onFirstLine;

  private OutputPump(InputStream from, Supplier<PrintStream> to, Runnable onFirstLine) {
    this.from = from;
    this.to = to;
    this.onFirstLine = onFirstLine;
  }

  /**
   * Copies the standard output and standard error of a process.
   *
   * @param onFirstLine called for the first line of output, which is not copied; null for none
   */
  static Thread[] start(Process process, Runnable onFirstLine) {
    OutputPump out = new OutputPump(process.getInputStream(), OUT, onFirstLine);
    OutputPump err = new OutputPump(process.getErrorStream(), ERR, null);
    return new Thread[] {
      start(out, "zproc-out-" + process.pid()), start(err, "zproc-err-" + process.pid())
    };
  }

  private static Thread start(OutputPump pump, String name) {
    Thread thread = new Thread(pump, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public void run() {
    int length = 0;
    try (InputStream in = from) {
      for (int next = in.read(); next >= 0; next = in.read()) {
        line[length++] = (byte) next;
        if (next == '\n' || length == MAX_LINE) {
          write(length);
          length = 0;
        }
      }
    } catch (IOException e) {
      // The stream was closed under us: as good as its end.
    }
    write(length);
  }

  private void write(int length) {
    if (onFirstLine != null) {
      onFirstLine.run();
      onFirstLine = null;
    } else if (length > 0) {
      PrintStream stream = to.get();
      synchronized (stream) {
        stream.write(line, 0, length);
        stream.flush();
      }
    }
  }
}
