package io.zproc.internal.state;

import io.zproc.ServerDownException;
import io.zproc.ZProcException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The newest view that a follower has, where its readers take it.
 *
 * <p>The follower's thread writes {@code latest}, a volatile store of an immutable view, always a
 * later one; any thread reads it. Any thread raises {@code wanted}. A reader that has to wait
 * counts itself in {@code waiters} and then looks at {@code latest}; the follower stores {@code
 * latest} and then looks at {@code waiters}: so one of them sees the other.
 */
final class SharedView {
  /** What was committed through the state itself arrives by itself, mostly in less than that. */
  private static final long PATIENCE_NS = 1_000_000;

  private static final long LONGEST_PATIENCE_NS = 1_000_000_000;

  private static final AtomicLongFieldUpdater<SharedView> WANTED =
      AtomicLongFieldUpdater.newUpdater(SharedView.class, "wanted");

  private final Namespace<?, ?> namespace;
  private final Runnable hurry;
  private final AtomicInteger waiters = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Null as long as the follower can not tell how things are. */
  private volatile View latest;

  private volatile Throwable failure;

  private volatile long wanted;

  /**
   * @param hurry makes the follower look for what is wanted
   */
  SharedView(Namespace<?, ?> namespace, Runnable hurry) {
    this.namespace = namespace;
    this.hurry = hurry;
  }

  /**
   * The newest view, not older than what was wanted before the call, nor than what any thread has
   * got before.
   *
   * @throws ServerDownException when the server was not heard of for too long
   */
  View view() {
    View view = latest;
    return view != null && view.revision() >= wanted ? view : awaitWanted(wanted);
  }

  /** No view older than this revision is to be given any more. */
  void atLeast(long revision) {
    if (revision > wanted) {
      WANTED.accumulateAndGet(this, revision, Math::max);
    }
  }

  long wanted() {
    return wanted;
  }

  private View awaitWanted(long revision) {
    long deadline = System.nanoTime() + namespace.connection.timeoutNs();
    long patience = PATIENCE_NS;
    boolean interrupted = false;
    waiters.incrementAndGet();
    lock.lock();
    try {
      for (View view = latest; ; view = latest) {
        if (view != null && view.revision() >= revision) {
          return view;
        }
        check(revision, view, deadline);
        try {
          if (changed.awaitNanos(patience) <= 0) {
            hurry.run();
            // Whom it interrupts while he connects anew must get farther the next time.
            patience = Math.min(2 * patience, LONGEST_PATIENCE_NS);
          }
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      lock.unlock();
      waiters.decrementAndGet();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void check(long revision, View view, long deadline) {
    namespace.client.checkOpen();
    namespace.client.checkSame();
    Throwable cause = failure;
    if (cause != null) {
      throw down("has not heard of the server for too long: " + cause.getMessage(), cause);
    }
    if (System.nanoTime() - deadline >= 0) {
      long at = view == null ? 0 : view.revision();
      throw down("is at revision " + at + ", but revision " + revision + " was seen already", null);
    }
  }

  private ServerDownException down(String what, Throwable cause) {
    ServerDownException exception =
        new ServerDownException("the cached copy of " + namespace + " " + what);
    exception.initCause(cause);
    return exception;
  }

  /** The follower has a newer view, or can tell again that this is the newest one. */
  void publish(View view) {
    failure = null;
    latest = view;
    tell();
  }

  /** The follower can not tell any more how things are. */
  void fail(ZProcException cause) {
    failure = cause;
    latest = null;
    tell();
  }

  private void tell() {
    if (waiters.get() > 0) {
      lock.lock();
      try {
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
