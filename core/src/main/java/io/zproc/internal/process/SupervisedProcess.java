package io.zproc.internal.process;

import io.zproc.Backend;
import io.zproc.ManagedProcess;
import io.zproc.ProcessOptions;
import io.zproc.Signals;
import io.zproc.ZProcException;
import io.zproc.ZProcTimeoutException;
import io.zproc.internal.jvm.Uninterruptibly;
import io.zproc.internal.signal.SignalDelivery;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process with a supervisor: a daemon thread that waits for the child to end, starts another if
 * the policy says so, and tells the end.
 *
 * <p>Thread-safe. Fields that change are guarded by the monitor; {@code ending} publishes the end.
 */
final class SupervisedProcess<R> implements ManagedProcess<R> {
  private static final long STOP_MS = 5_000;

  private final Job job;
  private final ProcessOptions options;
  private final Launcher launcher;
  private final ProcessTable table;
  private final CompletableFuture<Ending> ending = new CompletableFuture<>();
  private Child child;
  private int restarts;
  private boolean isUsed;
  private boolean isStopping;

  SupervisedProcess(Job job, ProcessOptions options, Launcher launcher, ProcessTable table) {
    this.job = job;
    this.options = options;
    this.launcher = launcher;
    this.table = table;
  }

  @Override
  public String id() {
    return job.id();
  }

  @Override
  public synchronized long start() {
    if (isUsed) {
      throw new ZProcException(this + " was started or stopped before; make another one");
    }
    isUsed = true;
    try {
      begin(launcher.launch(options));
      Thread supervisor = new Thread(this::supervise, "zproc-supervisor-" + job.id());
      supervisor.setDaemon(true);
      supervisor.start();
    } catch (RuntimeException | Error e) {
      fail(e);
      throw e;
    }
    return child.pid();
  }

  /** It can not be started: leaves nothing of it. */
  private void fail(Throwable reason) {
    if (child != null) {
      killAndAwait(child);
    }
    ending.complete(new Ending(1, null, reason));
    try {
      table.remove(job.id());
    } catch (ZProcException e) {
      reason.addSuppressed(e);
    }
  }

  synchronized void startUnlessUsed() {
    if (!isUsed) {
      start();
    }
  }

  private void begin(Child next) {
    child = next;
    ProcessRecord process =
        new ProcessRecord(
            job.name(),
            child.pid(),
            ProcessIdentity.here(),
            options.backend(),
            ProcessState.STARTING,
            restarts,
            null,
            Instant.now());
    table.put(job.id(), process);
    child.begin(job.restarted(restarts));
  }

  private void supervise() {
    Ending end;
    try {
      end = awaitExit();
      while (replaceSpare(end) || restart(end)) {
        end = awaitExit();
      }
    } catch (InterruptedException | RuntimeException | Error e) {
      killAndAwait(current());
      end = new Ending(-Signals.SIGKILL.number(), null, e);
    }
    tell(end);
    ending.complete(end);
  }

  private static void killAndAwait(Child child) {
    child.kill();
    Uninterruptibly.await(child::awaitExit);
  }

  private Ending awaitExit() throws InterruptedException {
    int code = current().awaitExit();
    try {
      return new Ending(code, table.outcome(job.id()), null);
    } catch (ZProcException e) {
      return new Ending(code, null, e);
    }
  }

  private synchronized Child current() {
    return child;
  }

  /** A spare that was killed before it had its job was nobody's process yet. */
  private synchronized boolean replaceSpare(Ending end) {
    if (!child.isSpare() || end.exitCode() >= 0 || isStopping || hasBegun()) {
      return false;
    }
    begin(launcher.launchNew(options));
    return true;
  }

  private boolean hasBegun() {
    ProcessRecord process = table.get(job.id());
    return process == null || process.state() != ProcessState.STARTING;
  }

  /** Starts another child, after the delay, when a signal ended this one that calls for it. */
  private synchronized boolean restart(Ending end) throws InterruptedException {
    RetryPolicy policy = job.policy();
    readRestarts();
    if (end.outcome() != null || !policy.covers(end.exitCode()) || !policy.allowsAfter(restarts)) {
      return false;
    }
    long deadline = System.nanoTime() + policy.delay().toNanos();
    for (long left = policy.delay().toNanos(); left > 0 && !isStopping; ) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = deadline - System.nanoTime();
    }
    if (isStopping) {
      return false;
    }
    restarts++;
    begin(launcher.launch(options));
    return true;
  }

  /** The child counts those that it does itself. */
  private void readRestarts() {
    try {
      ProcessRecord process = table.get(job.id());
      restarts = process == null ? restarts : Math.max(restarts, process.restarts());
    } catch (ZProcException e) {
      // The server is gone; so is what others could have read.
    }
  }

  private void tell(Ending end) {
    try {
      ProcessRecord process = table.get(job.id());
      if (process != null) {
        table.put(job.id(), process.ended(stateAfter(end), end.exitCode()));
      }
    } catch (ZProcException e) {
      // The server is gone; so is whoever could have read it.
    }
  }

  private synchronized ProcessState stateAfter(Ending end) {
    return isStopping && end.exitCode() != 0
        ? ProcessState.STOPPED
        : ProcessState.ended(end.exitCode());
  }

  @Override
  public int stop() {
    terminate();
    boolean interrupted = false;
    while (true) {
      try {
        int code = ending.get(STOP_MS, TimeUnit.MILLISECONDS).exitCode();
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
        return code;
      } catch (TimeoutException e) {
        current().kill();
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Begins to stop it, without waiting. */
  synchronized void terminate() {
    boolean first = !isStopping;
    isStopping = true;
    notifyAll();
    if (!isUsed) {
      isUsed = true;
      ending.complete(new Ending(-Signals.SIGTERM.number(), null, null));
    } else if (first && child != null && !ending.isDone()) {
      child.terminate();
    }
  }

  /** Waits until it has ended, however; at once if it was never started. */
  void awaitEnd() {
    try {
      if (isUsed()) {
        ending.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SignalDelivery.interrupted("interrupted while waiting for " + this + " to end");
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public R await() {
    return await(Waiting.FOR_EVER);
  }

  @Override
  @SuppressWarnings("unchecked")
  public R await(Duration timeout) {
    if (!isUsed()) {
      throw new ZProcException(this + " was not started: call start()");
    }
    try {
      long most = TimeUnit.NANOSECONDS.convert(timeout);
      return (R) ending.get(most, TimeUnit.NANOSECONDS).result(this);
    } catch (TimeoutException e) {
      throw new ZProcTimeoutException(
          "waited " + timeout.toMillis() + " ms for " + this + " to end");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SignalDelivery.interrupted("interrupted while waiting for " + this + " to end");
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private synchronized boolean isUsed() {
    return isUsed;
  }

  @Override
  public boolean isAlive() {
    return isUsed() && !ending.isDone();
  }

  @Override
  public synchronized OptionalLong pid() {
    return child == null ? OptionalLong.empty() : OptionalLong.of(child.pid());
  }

  @Override
  public OptionalInt exitCode() {
    return ending.isDone() ? OptionalInt.of(ending.join().exitCode()) : OptionalInt.empty();
  }

  @Override
  public synchronized int restarts() {
    if (child != null) {
      readRestarts();
    }
    return restarts;
  }

  @Override
  public String toString() {
    String pid =
        pid().isPresent() && options.backend() == Backend.PROCESS
            ? ", pid " + pid().getAsLong()
            : "";
    return "process " + job.id() + " (" + job.name() + pid + ")";
  }
}
