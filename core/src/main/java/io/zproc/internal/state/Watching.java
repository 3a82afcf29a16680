package io.zproc.internal.state;

import io.zproc.Snapshot;
import io.zproc.Update;
import io.zproc.WatchOptions;
import io.zproc.ZProcTimeoutException;
import io.zproc.internal.protocol.Replaced;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The methods of a state that wait. Any number of threads; those that use the buffered cursor take
 * turns at each update.
 */
final class Watching<K, V> {
  private static final Object[] ANY_KEY = {};

  private final Namespace<K, V> namespace;
  private final Commits<K, V> commits;

  /** Null when the state has replaced another one and nobody has said where to go on in it. */
  private volatile Feed buffered;

  /** Where the buffered cursor was in the state that was replaced. */
  private final long lostAt;

  private final Set<Feed> live = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Watching(Commits<K, V> commits) {
    this(commits, new Feed(commits, commits.namespace.connection.revision()), 0);
  }

  private Watching(Commits<K, V> commits, Feed buffered, long lostAt) {
    this.namespace = commits.namespace;
    this.commits = commits;
    this.buffered = buffered;
    this.lostAt = lostAt;
  }

  /** What takes the place of this when those commits go to another state. */
  Watching<K, V> lostIn(Commits<K, V> other) {
    Feed feed = buffered;
    return new Watching<>(other, null, feed == null ? lostAt : feed.position());
  }

  private Feed buffered() {
    Feed feed = buffered;
    if (feed == null) {
      throw Replaced.history("another state has taken " + namespace.client.address(), lostAt);
    }
    return feed;
  }

  /** The next update that the options and keys let through. */
  Update<K, V> next(WatchOptions options, Object[] keys) {
    Filter filter = Filter.of(namespace, options, keys);
    long deadline = Deadline.after(options.timeout());
    Supplier<String> what = () -> Waits.change(keys, options);
    if (!options.isLive()) {
      return take(buffered(), filter, deadline, options, what);
    }
    Feed feed = openLive(namespace.replica.current());
    try {
      return take(feed, filter, deadline, options, what);
    } finally {
      closeLive(feed);
    }
  }

  /** Waits until the condition holds. */
  Snapshot<K, V> when(KeyCondition<K, V> condition, WatchOptions options) {
    return when(condition.predicate(), options, condition::toString, condition.key());
  }

  /**
   * Waits until the predicate holds.
   *
   * @param what completes the sentence "waited for …"
   * @param keys those that the predicate looks at; none for any
   */
  Snapshot<K, V> when(
      Predicate<? super Snapshot<K, V>> predicate,
      WatchOptions options,
      Supplier<String> what,
      Object... keys) {
    long deadline = Deadline.after(options.timeout());
    View view = namespace.replica.current();
    Snapshot<K, V> now = namespace.snapshot(view);
    if (predicate.test(now)) {
      commits.reads.atLeast(now.revision());
      return now;
    }
    Filter filter =
        Filter.of(namespace, options, ANY_KEY).sleepingFor(Filter.of(namespace, options, keys));
    if (!options.isLive()) {
      return when(buffered(), predicate, filter, deadline, options, what);
    }
    Feed feed = openLive(view);
    try {
      return when(feed, predicate, filter, deadline, options, what);
    } finally {
      closeLive(feed);
    }
  }

  private Snapshot<K, V> when(
      Feed feed,
      Predicate<? super Snapshot<K, V>> predicate,
      Filter filter,
      long deadline,
      WatchOptions options,
      Supplier<String> what) {
    for (; ; ) {
      Snapshot<K, V> after = take(feed, filter, deadline, options, what).after();
      if (predicate.test(after)) {
        return after;
      }
    }
  }

  private Update<K, V> take(
      Feed feed, Filter filter, long deadline, WatchOptions options, Supplier<String> what) {
    Update<K, V> update = feed.take(namespace, filter, deadline);
    if (update == null) {
      throw new ZProcTimeoutException(
          "waited " + Deadline.text(options.timeout()) + " for " + what.get() + " in " + namespace);
    }
    return update;
  }

  private Feed openLive(View view) {
    Feed feed = Feed.at(commits, view);
    live.add(feed);
    if (closed) {
      feed.close();
    }
    return feed;
  }

  private void closeLive(Feed feed) {
    feed.close();
    live.remove(feed);
  }

  void goLive() {
    if (!begin()) {
      buffered.goLive();
    }
  }

  /** Returns whether there was no cursor, so that one begins now. */
  private synchronized boolean begin() {
    if (buffered != null) {
      return false;
    }
    Feed feed = new Feed(commits, namespace.connection.revision());
    buffered = feed;
    if (closed) {
      feed.close();
    }
    return true;
  }

  void close() {
    closed = true;
    Feed feed = buffered;
    if (feed != null) {
      feed.close();
    }
    live.forEach(Feed::close);
  }
}
