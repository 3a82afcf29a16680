package io.zproc.shm.testing;

import io.zproc.internal.jvm.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client process that runs {@link Worker}. */
public final class WorkerProcess implements AutoCloseable {
  private static final long TIMEOUT_S = 200;
  private static final String END = "(end of output)";

  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Thread reader;
  private long killedAtNs;

  private WorkerProcess(Process process) {
    this.process = process;
    reader = new Thread(this::read, "output-of-" + process.pid());
    reader.start();
  }

  /** Starts a worker; it waits for {@link #go}. */
  public static WorkerProcess start(TestServer server, String namespace, String... command) {
    List<String> arguments = new ArrayList<>(List.of(server.address(), namespace));
    arguments.addAll(List.of(command));
    try {
      return new WorkerProcess(
          JavaCommand.of(Worker.class.getName())
              .archive(true)
              .shortLived()
              .heap("96m")
              .arguments(arguments.toArray(new String[0]))
              .toProcessBuilder()
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      // The process was killed.
    }
    lines.add(END);
  }

  /** Takes lines until the one that begins so, which it returns without that beginning. */
  public String await(String beginning) {
    try {
      while (true) {
        String line = lines.poll(TIMEOUT_S, TimeUnit.SECONDS);
        if (line == null || line.equals(END)) {
          throw new AssertionError(process.pid() + " did not say '" + beginning + "': " + line);
        }
        if (line.startsWith(beginning)) {
          return line.substring(beginning.length()).strip();
        }
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Lets it begin, once it is ready. */
  public void go() {
    await("ready");
    send();
  }

  /** Lets all begin, once all are ready. */
  public static void goTogether(List<WorkerProcess> workers) {
    workers.forEach(worker -> worker.await("ready"));
    workers.forEach(WorkerProcess::send);
  }

  /** Asks it to stop. */
  public void stop() {
    send();
  }

  /** Lets one begin that is known to be ready. */
  public void begin() {
    send();
  }

  private void send() {
    try {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it with SIGKILL; returns the last number that it told. */
  public long kill() {
    killedAtNs = System.nanoTime();
    process.destroyForcibly();
    join();
    long last = 0;
    for (String line : lines) {
      if (!line.isEmpty() && line.chars().allMatch(Character::isDigit)) {
        last = Long.parseLong(line);
      }
    }
    return last;
  }

  /** Waits for it to be done and to end well. */
  public void finish() {
    await("done");
    join();
    if (process.exitValue() != 0) {
      throw new AssertionError("exit value " + process.exitValue());
    }
  }

  private void join() {
    try {
      if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
        throw new AssertionError(process.pid() + " does not end");
      }
      reader.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** When it was killed, on the clock of {@link System#nanoTime}. */
  public long killedAtNs() {
    return killedAtNs;
  }

  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    join();
  }
}
