package io.zproc.internal.process;

import io.zproc.ClosedException;
import io.zproc.Context;
import io.zproc.SignalException;
import io.zproc.ZProcException;
import io.zproc.internal.signal.SignalDelivery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a job in the child, be it a JVM or a thread: tells the state that it runs, calls the target,
 * again if the policy says so, and tells the state what came of it. For one thread.
 */
final class JobRunner {
  private final ConnectionSettings settings;
  private final Context context;
  private final Job job;
  private ProcessRecord process;
  private int restarts;
  private byte[] code;
  private Object target;

  /**
   * @param context of this child alone; closed by {@link #run}
   */
  JobRunner(ConnectionSettings settings, Context context, Job job) {
    this.settings = settings;
    this.context = context;
    this.job = job;
    restarts = job.restarts();
  }

  /**
   * @return the exit code: 0, 1 for an exception, −N for that of signal N
   */
  int run() {
    try (context) {
      ProcessTable table = new ProcessTable(context);
      process = table.get(job.id()).running(ProcessHandle.current().pid());
      table.put(job.id(), process);
      return callUntilDone(table);
    }
  }

  private int callUntilDone(ProcessTable table) {
    while (true) {
      try {
        Outcome outcome = Outcome.returned(call());
        tell(outcome);
        return outcome.isFailure() ? 1 : 0;
      } catch (Throwable e) {
        Throwable thrown = orSignal(e);
        if (!willRetry(table, thrown)) {
          log().warn("process {} ({}) failed", job.id(), job.name(), thrown);
          tell(Outcome.threw(thrown));
          return thrown instanceof SignalException signalled ? -signalled.signal().number() : 1;
        }
      }
    }
  }

  /** The target keeps what it captured from one retry to the next. */
  private Object call() throws Exception {
    byte[] wanted = job.targetAfter(restarts);
    if (code != wanted) {
      target = Serialization.read(wanted);
      code = wanted;
    }
    return job.kind().call(target, context);
  }

  /** A signal that arrived while the target ran is why it ended, whatever it then threw. */
  private static Throwable orSignal(Throwable thrown) {
    SignalException arrived = SignalDelivery.take();
    return arrived == null ? thrown : new SignalException(arrived.signal(), thrown);
  }

  private boolean willRetry(ProcessTable table, Throwable thrown) {
    if (!job.policy().covers(thrown) || !job.policy().allowsAfter(restarts)) {
      return false;
    }
    restarts++;
    log().info("process {} ({}) is retried: {}", job.id(), job.name(), thrown.toString());
    table.put(job.id(), process.restarted(ProcessState.RETRYING, restarts));
    try {
      Thread.sleep(job.policy().delay().toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    table.put(job.id(), process.restarted(ProcessState.RUNNING, restarts));
    return true;
  }

  /** The target may have closed its context. */
  private void tell(Outcome outcome) {
    try {
      tell(context, outcome);
    } catch (ClosedException e) {
      try (Context again = settings.open()) {
        tell(again, outcome);
      }
    }
  }

  private void tell(Context by, Outcome outcome) {
    ProcessTable table = new ProcessTable(by);
    try {
      table.putOutcome(job.id(), outcome);
    } catch (ClosedException e) {
      throw e;
    } catch (ZProcException e) {
      table.putOutcome(job.id(), Outcome.threw(e));
    }
    ProcessState end = outcome.isFailure() ? ProcessState.FAILED : ProcessState.RETURNED;
    table.put(job.id(), process.restarted(end, restarts));
  }

  /** Asked for late: to start logging takes a good part of a child's start. */
  private static Logger log() {
    return LoggerFactory.getLogger(JobRunner.class);
  }
}
