package io.zproc.cli.demo;

import io.zproc.ZProcException;
import io.zproc.internal.jvm.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A child of the demo, with its output copied to ours line by line. */
final class DemoProcess implements AutoCloseable {
  private static final long STOP_TIMEOUT_S = 5;

  private final Role role;
  private final Process process;
  private final Thread copier;

  private DemoProcess(Role role, Process process, PrintWriter out) {
    this.role = role;
    this.process = process;
    copier = new Thread(() -> copy(process, out), "zproc-demo-" + role.label());
    copier.setDaemon(true);
    copier.start();
  }

  static DemoProcess start(Role role, String address, long peanuts, PrintWriter out) {
    try {
      Process process =
          JavaCommand.of(DemoChild.class.getName())
              .archive(true)
              .heap("64m")
              .shortLived()
              .arguments(role.name(), address, Long.toString(peanuts))
              .toProcessBuilder()
              .redirectErrorStream(true)
              .start();
      return new DemoProcess(role, process, out);
    } catch (IOException e) {
      throw new ZProcException("can not start the " + role.label() + " process: " + e, e);
    }
  }

  private static void copy(Process process, PrintWriter out) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      lines.lines().forEach(out::println);
    } catch (IOException | UncheckedIOException e) {
      // The child is being killed; what it still had to say is lost with it.
    }
  }

  Role role() {
    return role;
  }

  /**
   * Fails when the child has ended badly.
   *
   * @throws ZProcException saying so
   */
  void check() {
    if (!process.isAlive() && process.exitValue() != 0) {
      throw new ZProcException(
          "the " + role.label() + " process ended with exit code " + process.exitValue());
    }
  }

  /** Waits until the child has ended by itself, and well. */
  void join(long deadlineNs) throws InterruptedException {
    if (!process.waitFor(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS)) {
      throw new ZProcException("the " + role.label() + " process did not end in time");
    }
    check();
    copier.join();
  }

  /** Kills the child if need be; returns when it is gone. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().orTimeout(STOP_TIMEOUT_S, TimeUnit.SECONDS).join();
  }
}
