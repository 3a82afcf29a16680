package io.zproc.tcp.testing;

import io.zproc.internal.jvm.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A process that runs {@link RemoteWorker}, perhaps with a command in front, as on another host.
 */
public final class RemoteProcess implements AutoCloseable {
  private static final long TIMEOUT_S = 60;
  private static final String END = "(end of output)";

  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Thread reader;

  private RemoteProcess(Process process) {
    this.process = process;
    reader = new Thread(this::read, "output-of-" + process.pid());
    reader.start();
  }

  /** Starts one and waits until it is ready. */
  public static RemoteProcess start(
      List<String> before, String address, String secretKey, String command, int count) {
    ProcessBuilder java =
        JavaCommand.of(RemoteWorker.class.getName())
            .shortLived()
            .heap("192m")
            .arguments(
                address, secretKey == null ? "-" : secretKey, command, Integer.toString(count))
            .toProcessBuilder();
    List<String> whole = new ArrayList<>(before);
    whole.addAll(java.command());
    try {
      Process process =
          new ProcessBuilder(whole).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      RemoteProcess started = new RemoteProcess(process);
      started.await("ready");
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      // The process was killed.
    }
    lines.add(END);
  }

  /** The next line, which must begin so; without that beginning. */
  public String await(String beginning) {
    try {
      String line = lines.poll(TIMEOUT_S, TimeUnit.SECONDS);
      if (line == null || !line.startsWith(beginning)) {
        throw new AssertionError("not '" + beginning + "' but: " + line);
      }
      return line.substring(beginning.length()).strip();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Lines that were not taken yet. */
  public int waiting() {
    return lines.size();
  }

  /** Sends a signal, such as STOP. */
  public void signal(String name) {
    Commands.run("kill", "-" + name, Long.toString(process.pid()));
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(TIMEOUT_S, TimeUnit.SECONDS);
      reader.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
