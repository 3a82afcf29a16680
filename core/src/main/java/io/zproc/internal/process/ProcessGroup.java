package io.zproc.internal.process;

import io.zproc.Context;
import io.zproc.ContextTarget;
import io.zproc.ManagedProcess;
import io.zproc.ProcessOptions;
import io.zproc.ProcessTarget;
import io.zproc.StatelessTarget;
import io.zproc.ZProcException;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The processes of one context. Thread-safe. */
public final class ProcessGroup {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessGroup.class);
  private static final long ID_BITS = (1L << 48) - 1;

  private final ProcessOptions defaults;
  private final ProcessTable table;
  private final Launcher launcher;
  private final List<SupervisedProcess<?>> processes = new CopyOnWriteArrayList<>();

  public ProcessGroup(Context context, ConnectionSettings settings, ProcessOptions defaults) {
    this.defaults = defaults;
    table = new ProcessTable(context);
    launcher = new Launcher(settings);
  }

  public <R> ManagedProcess<R> start(ProcessOptions options, ProcessTarget<R> target) {
    return start(options, TargetKind.STATE, target);
  }

  public <R> ManagedProcess<R> startWithContext(ProcessOptions options, ContextTarget<R> target) {
    return start(options, TargetKind.CONTEXT, target);
  }

  public <R> ManagedProcess<R> startStateless(ProcessOptions options, StatelessTarget<R> target) {
    return start(options, TargetKind.NOTHING, target);
  }

  private <R> ManagedProcess<R> start(ProcessOptions given, TargetKind kind, Serializable target) {
    ProcessOptions options = given.orElse(defaults);
    SupervisedProcess<R> process =
        new SupervisedProcess<>(job(options, kind, target), options, launcher, table);
    if (options.isStart()) {
      process.start();
    }
    processes.add(process);
    return process;
  }

  private static Job job(ProcessOptions options, TargetKind kind, Serializable target) {
    byte[] onRetry = null;
    if (options.onRetry() != null) {
      kind.check(options.onRetry());
      onRetry = TargetWriter.write(options.onRetry());
    }
    return new Job(
        Long.toHexString(ThreadLocalRandom.current().nextLong() & ID_BITS),
        Lambdas.nameOf(target),
        kind,
        TargetWriter.write(target),
        onRetry,
        RetryPolicy.of(options),
        0);
  }

  /** All that were made, in the order in which they were made; unmodifiable. */
  public List<ManagedProcess<?>> processes() {
    return List.copyOf(processes);
  }

  /** Stops all together, and removes what the state knows of them. */
  public void close() {
    processes.forEach(SupervisedProcess::terminate);
    processes.forEach(SupervisedProcess::stop);
    try {
      processes.forEach(process -> table.remove(process.id()));
    } catch (ZProcException e) {
      LOG.debug("what the state knows of processes stays there", e);
    }
  }
}
