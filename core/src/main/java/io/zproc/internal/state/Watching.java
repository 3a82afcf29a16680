package io.zproc.internal.state;

import io.zproc.Snapshot;
import io.zproc.Update;
import io.zproc.WatchOptions;
import io.zproc.ZProcTimeoutException;
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
  private final Feed buffered;
  private final Set<Feed> live = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Watching(Commits<K, V> commits) {
    this.namespace = commits.namespace;
    this.commits = commits;
    this.buffered = new Feed(commits, namespace.connection.revision());
  }

  /** The next update that the options and keys let through. */
  Update<K, V> next(WatchOptions options, Object[] keys) {
    Filter filter = Filter.of(namespace, options, keys);
    long deadline = Deadline.after(options.timeout());
    Supplier<String> what = () -> Waits.change(keys, options);
    if (!options.isLive()) {
      return take(buffered, filter, deadline, options, what);
    }
    Feed feed = openLive(namespace.replica.current());
    try {
      return take(feed, filter, deadline, options, what);
    } finally {
      closeLive(feed);
    }
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
      return when(buffered, predicate, filter, deadline, options, what);
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
    buffered.goLive();
  }

  void close() {
    closed = true;
    buffered.close();
    live.forEach(Feed::close);
  }
}
