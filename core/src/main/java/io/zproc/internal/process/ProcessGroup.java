package io.zproc.internal.process;

import io.zproc.ClosedException;
import io.zproc.Context;
import io.zproc.ContextTarget;
import io.zproc.ManagedProcess;
import io.zproc.ProcessOptions;
import io.zproc.ProcessTarget;
import io.zproc.SnapshotHandler;
import io.zproc.SnapshotPredicate;
import io.zproc.StatelessTarget;
import io.zproc.WatchOptions;
import io.zproc.ZProcException;
import io.zproc.internal.state.States;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes of one context: makes them, knows them, ends them. Thread-safe.
 *
 * <p>A process is started and added as one step with respect to {@link #close}, which waits for the
 * starts that are under way: so it ends all of them, and none follows.
 */
public final class ProcessGroup {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessGroup.class);
  private static final long ID_BITS = (1L << 48) - 1;

  private final Context context;
  private final ProcessOptions defaults;
  private final ConnectionSettings settings;
  private final ProcessTable table;
  private final SparePool spares;
  private final Launcher launcher;
  private final List<SupervisedProcess<?>> processes = new CopyOnWriteArrayList<>();

  /** Many may start at a time; guards {@code closed}. */
  private final ReadWriteLock starting = new ReentrantReadWriteLock();

  private boolean closed;

  public ProcessGroup(
      Context context, ConnectionSettings settings, ProcessOptions defaults, int spareProcesses) {
    // The table first: where the server does not answer, no spares are left behind.
    this(
        context,
        defaults,
        settings,
        new ProcessTable(context),
        new SparePool(settings, spareProcesses));
    if (!ParentWatch.isChild()) {
      Thread sweeper = new Thread(this::removeLost, "zproc-lost-processes");
      sweeper.setDaemon(true);
      sweeper.start();
    }
  }

  /** Not by children, as it would take from the time in which they start. */
  private void removeLost() {
    try {
      table.removeLost();
    } catch (ZProcException e) {
      LOG.debug("what killed processes left in the state stays there", e);
    }
  }

  private ProcessGroup(
      Context context,
      ProcessOptions defaults,
      ConnectionSettings settings,
      ProcessTable table,
      SparePool spares) {
    this.context = context;
    this.defaults = defaults;
    this.settings = settings;
    this.table = table;
    this.spares = spares;
    launcher = new Launcher(settings, spares);
  }

  /** A group for other processes, which takes from the same spares until this one is closed. */
  public ProcessGroup sibling() {
    return new ProcessGroup(context, defaults, settings, table, spares);
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

  /**
   * @param keys those that commits have to write; none for any
   * @param test null for any commit
   */
  public ManagedProcess<Void> callWhen(
      Collection<String> keys,
      SnapshotPredicate test,
      WatchOptions watch,
      ProcessOptions given,
      SnapshotHandler handler) {
    ProcessOptions options = given.orElse(defaults);
    String id = newId();
    CallWhenLoop loop =
        new CallWhenLoop(
            keys.toArray(String[]::new),
            test,
            watch,
            handler,
            options.retryForSignals().isEmpty() ? null : id,
            States.identity(context.state()),
            context.state().revision());
    return start(id, loop.name(), options, TargetKind.STATE, loop);
  }

  private <R> ManagedProcess<R> start(ProcessOptions given, TargetKind kind, Serializable target) {
    return start(newId(), Lambdas.nameOf(target), given.orElse(defaults), kind, target);
  }

  private <R> ManagedProcess<R> start(
      String id, String name, ProcessOptions options, TargetKind kind, Serializable target) {
    byte[] onRetry = null;
    if (options.onRetry() != null) {
      kind.check(options.onRetry());
      onRetry = TargetWriter.write(options.onRetry());
    }
    RetryPolicy policy = RetryPolicy.of(options);
    Job job = new Job(id, name, kind, TargetWriter.write(target), onRetry, policy, 0);
    return add(new SupervisedProcess<>(job, options, launcher, table), options.isStart());
  }

  private <R> ManagedProcess<R> add(SupervisedProcess<R> process, boolean start) {
    starting.readLock().lock();
    try {
      if (closed) {
        throw new ClosedException("the context of " + settings.address() + " was closed");
      }
      if (start) {
        process.start();
      }
      processes.add(process);
      return process;
    } finally {
      starting.readLock().unlock();
    }
  }

  private static String newId() {
    return Long.toHexString(ThreadLocalRandom.current().nextLong() & ID_BITS);
  }

  /** All that were made, in the order in which they were made; unmodifiable. */
  public List<ManagedProcess<?>> processes() {
    return List.copyOf(processes);
  }

  /** Drops a process that has ended, and what the state knows of it. */
  public void forget(ManagedProcess<?> ended) {
    processes.removeIf(process -> process == ended);
    table.remove(ended.id());
  }

  /** How many spares are ready now. */
  public int warmSpares() {
    return spares.warm();
  }

  /**
   * Waits until one of these processes has ended, without a look at its result.
   *
   * @throws io.zproc.ZProcException when this thread is interrupted
   */
  public static void awaitEnd(ManagedProcess<?> process) {
    ((SupervisedProcess<?>) process).awaitEnd();
  }

  /** Starts those that were not started. */
  public void startAll() {
    processes.forEach(SupervisedProcess::startUnlessUsed);
  }

  /** Stops all together; their exit codes in their order. */
  public List<Integer> stopAll() {
    processes.forEach(SupervisedProcess::terminate);
    return processes.stream().<Integer>map(SupervisedProcess::stop).toList();
  }

  /**
   * Ends all, and removes what the state knows of them.
   *
   * @param afterwards whether to let those that run come to their end
   */
  public void close(boolean afterwards) {
    try {
      if (afterwards) {
        processes.forEach(SupervisedProcess::awaitEnd);
      }
    } finally {
      startNoMore();
      stopAll();
      spares.close();
    }
    try {
      processes.forEach(process -> table.remove(process.id()));
    } catch (ZProcException e) {
      LOG.debug("what the state knows of processes stays there", e);
    }
  }

  private void startNoMore() {
    starting.writeLock().lock();
    try {
      closed = true;
    } finally {
      starting.writeLock().unlock();
    }
  }
}
