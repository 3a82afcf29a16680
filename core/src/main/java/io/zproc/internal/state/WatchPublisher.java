package io.zproc.internal.state;

import io.zproc.ClosedException;
import io.zproc.Update;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Gives updates to one subscriber from a thread of its own, as many as were asked for. The monitor
 * of the subscription guards the demand; the subscriber is only called by that thread.
 */
final class WatchPublisher<K, V> implements Flow.Publisher<Update<K, V>> {
  private final Namespace<K, V> namespace;
  private final Feed feed;
  private final Filter filter;
  private final boolean live;
  private final AtomicBoolean taken = new AtomicBoolean();
  private volatile Subscription subscription;

  WatchPublisher(Namespace<K, V> namespace, Feed feed, Filter filter, boolean live) {
    this.namespace = namespace;
    this.feed = feed;
    this.filter = filter;
    this.live = live;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super Update<K, V>> subscriber) {
    Objects.requireNonNull(subscriber, "subscriber");
    if (!taken.compareAndSet(false, true)) {
      refuse(subscriber);
      return;
    }
    subscription = new Subscription(subscriber);
    Thread thread = new Thread(subscription, "zproc-watch-" + namespace.name);
    thread.setDaemon(true);
    thread.start();
  }

  private void refuse(Flow.Subscriber<? super Update<K, V>> subscriber) {
    subscriber.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long n) {}

          @Override
          public void cancel() {}
        });
    subscriber.onError(
        new IllegalStateException("a watch of " + namespace + " has its one subscriber already"));
  }

  /** Makes the thread look whether the feed was closed. */
  void wakeUp() {
    Subscription current = subscription;
    if (current != null) {
      current.wakeUp();
    }
  }

  private final class Subscription implements Flow.Subscription, Runnable {
    private final Flow.Subscriber<? super Update<K, V>> subscriber;
    private long demand;
    private Throwable misuse;
    private volatile boolean cancelled;

    Subscription(Flow.Subscriber<? super Update<K, V>> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public synchronized void request(long n) {
      if (n <= 0) {
        misuse = new IllegalArgumentException("request(" + n + "): must be positive");
      } else {
        demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
      }
      notifyAll();
    }

    @Override
    public void cancel() {
      cancelled = true;
      wakeUp();
      feed.wakeUp();
    }

    synchronized void wakeUp() {
      notifyAll();
    }

    @Override
    public void run() {
      try {
        subscriber.onSubscribe(this);
        while (awaitDemand()) {
          deliver();
        }
        if (!cancelled) {
          end();
        }
      } catch (ClosedException e) {
        complete();
      } catch (InterruptedException | RuntimeException | Error e) {
        fail(e);
      }
    }

    private void end() {
      if (misuse != null) {
        subscriber.onError(misuse);
      } else {
        subscriber.onComplete();
      }
    }

    private void complete() {
      if (!cancelled) {
        subscriber.onComplete();
      }
    }

    private void fail(Throwable e) {
      if (!cancelled) {
        cancelled = true;
        subscriber.onError(e);
      }
    }

    /** Returns false when nothing more is to be delivered. */
    private synchronized boolean awaitDemand() throws InterruptedException {
      while (demand == 0 && misuse == null && !isOver()) {
        wait();
      }
      return misuse == null && !isOver();
    }

    private boolean isOver() {
      return cancelled || feed.isClosed();
    }

    private void deliver() {
      if (live) {
        feed.goLive();
      }
      Update<K, V> update = feed.take(namespace, filter, Deadline.after(null), () -> cancelled);
      if (update != null) {
        synchronized (this) {
          demand -= demand == Long.MAX_VALUE ? 0 : 1;
        }
        subscriber.onNext(update);
      }
    }
  }
}
