package io.zproc.internal.process;

import io.zproc.ZProcException;
import io.zproc.internal.jvm.JavaCommand;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A child that is a JVM running {@link ChildMain}. It gets everything on its standard input, which
 * then stays open: its end tells the child that this JVM has ended.
 */
final class ChildJvm implements Child {
  /** How long output may follow the end: a process that the child started may hold the stream. */
  private static final long LATE_OUTPUT_MS = 1_000;

  /** Exit codes above this are those of signals, as the shell and the JVM tell them. */
  private static final int SIGNALLED = 128;

  private static final int MAX_SIGNAL = 64;

  private final Process process;
  private final DataOutputStream orders;
  private final Thread[] output;
  private final boolean isSpare;
  private volatile boolean isWarm;

  private ChildJvm(Process process, boolean isSpare) {
    this.process = process;
    this.isSpare = isSpare;
    orders = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    output = OutputPump.start(process, isSpare ? () -> isWarm = true : null);
  }

  /** Starts a JVM that is about to get its job. */
  static ChildJvm start(ConnectionSettings settings, List<String> jvmFlags) {
    JavaCommand command = command().jvmFlags(jvmFlags.toArray(String[]::new));
    ChildJvm child = new ChildJvm(start(command), false);
    child.send(settings::write);
    return child;
  }

  /**
   * Starts a JVM that warms up while it waits for its job.
   *
   * @param onExit called once, when it is not alive any more
   */
  static ChildJvm startSpare(ConnectionSettings settings, Runnable onExit) {
    ChildJvm child = new ChildJvm(start(command().arguments(ChildMain.SPARE)), true);
    child.process.onExit().thenRun(onExit);
    child.send(
        orders -> {
          settings.write(orders);
          orders.flush();
        });
    return child;
  }

  private static Process start(JavaCommand command) {
    try {
      return command.toProcessBuilder().start();
    } catch (IOException e) {
      throw new ZProcException("can not start a process: " + e.getMessage(), e);
    }
  }

  private static JavaCommand command() {
    return JavaCommand.of(ChildMain.class.getName()).archive(true);
  }

  /** Of a spare: whether it has done all that can be done before the job. */
  boolean isWarm() {
    return isWarm;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public void begin(Job job) {
    send(
        orders -> {
          job.write(orders);
          orders.flush();
        });
  }

  private interface Sending {
    void to(DataOutputStream orders) throws IOException;
  }

  /** What can not be sent, because the child has died, is noticed when its end is awaited. */
  private void send(Sending sending) {
    try {
      sending.to(orders);
    } catch (IOException e) {
      kill();
    }
  }

  @Override
  public boolean isSpare() {
    return isSpare;
  }

  @Override
  public int awaitExit() throws InterruptedException {
    int code = process.waitFor();
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LATE_OUTPUT_MS);
    for (Thread pump : output) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      pump.join(Math.max(1, left));
    }
    return code > SIGNALLED && code <= SIGNALLED + MAX_SIGNAL ? SIGNALLED - code : code;
  }

  /** What a JVM exits with so that its parent's {@link #awaitExit} gives this code. */
  static int toExitStatus(int exitCode) {
    return exitCode < 0 ? SIGNALLED - exitCode : exitCode;
  }

  /** By the handle: the process itself would also close its input, as if this JVM had ended. */
  @Override
  public void terminate() {
    process.toHandle().destroy();
  }

  @Override
  public void kill() {
    process.toHandle().destroyForcibly();
  }
}
