package io.zproc.internal.process;

import io.zproc.ZProcException;
import io.zproc.internal.jvm.Uninterruptibly;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JVMs that are started and connected and wait for a job. A daemon thread starts another when one
 * was taken or has died. Thread-safe; everything is guarded by the monitor.
 */
final class SparePool {
  private static final Logger LOG = LoggerFactory.getLogger(SparePool.class);

  /**
   * From a vacancy to filling it: a starting JVM takes a core from the process that was just
   * started, and spares that can not start should not keep one busy.
   */
  private static final long REST_MS = 100;

  /** From a start that failed, for want of memory or of processes perhaps, to the next. */
  private static final Duration REST_AFTER_FAILURE = Duration.ofSeconds(5);

  private final int size;
  private final Duration restAfterFailure;
  private final Function<Runnable, ChildJvm> starter;
  private final List<ChildJvm> spares = new ArrayList<>();
  private final Thread filler = new Thread(this::fill, "zproc-spares");
  private boolean closed;

  SparePool(ConnectionSettings settings, int size) {
    this(size, REST_AFTER_FAILURE, onExit -> ChildJvm.startSpare(settings, onExit));
  }

  /**
   * @param starter is given what to call when the spare has ended
   */
  SparePool(int size, Duration restAfterFailure, Function<Runnable, ChildJvm> starter) {
    this.size = size;
    this.restAfterFailure = restAfterFailure;
    this.starter = starter;
    if (size > 0) {
      filler.setDaemon(true);
      filler.start();
    }
  }

  private void fill() {
    try {
      while (awaitVacancy()) {
        startOne();
      }
    } catch (InterruptedException e) {
      // Nobody does; then there are no more spares.
    }
  }

  private void startOne() throws InterruptedException {
    try {
      add(starter.apply(this::wakeUp));
    } catch (ZProcException e) {
      LOG.warn("a spare process can not be started; again in {}", restAfterFailure, e);
      rest();
    }
  }

  /** Who takes a spare meanwhile wakes it, in vain. */
  private synchronized void rest() throws InterruptedException {
    long end = System.nanoTime() + restAfterFailure.toNanos();
    for (long left = restAfterFailure.toNanos(); !closed && left > 0; ) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = end - System.nanoTime();
    }
  }

  /** Returns false when the pool was closed. */
  private synchronized boolean awaitVacancy() throws InterruptedException {
    spares.removeIf(spare -> !spare.isAlive());
    while (!closed && spares.size() == size) {
      wait();
      if (!closed) {
        wait(REST_MS);
      }
      spares.removeIf(spare -> !spare.isAlive());
    }
    return !closed;
  }

  /** Also when the pool has been closed meanwhile: {@link #close} ends it then. */
  private synchronized void add(ChildJvm spare) {
    spares.add(spare);
  }

  private synchronized void wakeUp() {
    notifyAll();
  }

  /** A spare: a warm one if there is one, else the one that has had most time to start; or null. */
  synchronized ChildJvm take() {
    spares.removeIf(spare -> !spare.isAlive());
    ChildJvm best = null;
    for (ChildJvm spare : spares) {
      if (best == null || (spare.isWarm() && !best.isWarm())) {
        best = spare;
      }
    }
    spares.remove(best);
    notifyAll();
    return best;
  }

  /** How many are ready now. */
  synchronized int warm() {
    return (int) spares.stream().filter(spare -> spare.isWarm() && spare.isAlive()).count();
  }

  /** Ends them all, also the one that is being started, and returns when they have ended. */
  void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    Uninterruptibly.join(filler);
    List<ChildJvm> ending = clear();
    ending.forEach(ChildJvm::kill);
    ending.forEach(spare -> Uninterruptibly.await(spare::awaitExit));
  }

  private synchronized List<ChildJvm> clear() {
    List<ChildJvm> cleared = List.copyOf(spares);
    spares.clear();
    return cleared;
  }
}
