package io.zproc.internal.process;

import io.zproc.ZProcException;
import io.zproc.internal.jvm.Uninterruptibly;
import java.util.ArrayList;
import java.util.List;
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

  private final ConnectionSettings settings;
  private final int size;
  private final List<ChildJvm> spares = new ArrayList<>();
  private final Thread filler = new Thread(this::fill, "zproc-spares");
  private boolean closed;

  SparePool(ConnectionSettings settings, int size) {
    this.settings = settings;
    this.size = size;
    if (size > 0) {
      filler.setDaemon(true);
      filler.start();
    }
  }

  private void fill() {
    try {
      while (awaitVacancy()) {
        ChildJvm spare = ChildJvm.startSpare(settings, this::wakeUp);
        add(spare);
      }
    } catch (ZProcException e) {
      LOG.warn("there will be no more spare processes", e);
    } catch (InterruptedException e) {
      // Nobody does; then there are no more spares.
    }
  }

  /** Returns false when the pool was closed. */
  private synchronized boolean awaitVacancy() throws InterruptedException {
    spares.removeIf(spare -> !spare.isAlive());
    while (!closed && spares.size() == size) {
      wait();
      wait(REST_MS);
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
