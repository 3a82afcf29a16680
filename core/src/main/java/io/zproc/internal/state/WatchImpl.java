package io.zproc.internal.state;

import io.zproc.ChangeHandler;
import io.zproc.ClosedException;
import io.zproc.Update;
import io.zproc.Watch;
import io.zproc.WatchOptions;
import io.zproc.ZProcTimeoutException;
import java.time.Duration;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A feed with one filter for its whole life. */
final class WatchImpl<K, V> implements Watch<K, V> {
  private final Namespace<K, V> namespace;
  private final WatchOptions options;
  private final Filter filter;
  private final String what;
  private final Feed feed;
  private final WatchPublisher<K, V> publisher;

  WatchImpl(Commits<K, V> commits, WatchOptions options, Object[] keys) {
    this.namespace = commits.namespace;
    this.options = options;
    this.filter = Filter.of(namespace, options, keys);
    this.what = Waits.change(keys, options);
    this.feed = new Feed(commits, start());
    this.publisher = new WatchPublisher<>(namespace, feed, filter, options.isLive());
  }

  private long start() {
    long now = namespace.connection.revision();
    if (options.fromRevision() > now) {
      throw new IllegalArgumentException(
          "fromRevision=" + options.fromRevision() + " is in the future; the newest is " + now);
    }
    return options.fromRevision() < 0 ? now : options.fromRevision();
  }

  @Override
  public Update<K, V> next() {
    return next(options.timeout());
  }

  @Override
  public Update<K, V> next(Duration timeout) {
    Update<K, V> update = take(Deadline.after(timeout));
    if (update == null) {
      throw new ZProcTimeoutException(
          "waited " + Deadline.text(timeout) + " for " + what + " in " + namespace);
    }
    return update;
  }

  @Override
  public Update<K, V> poll() {
    return take(System.nanoTime());
  }

  private Update<K, V> take(long deadline) {
    if (options.isLive()) {
      feed.goLive();
    }
    return feed.take(namespace, filter, deadline);
  }

  @Override
  public boolean hasNext() {
    return !feed.isClosed();
  }

  @Override
  public Stream<Update<K, V>> stream() {
    Spliterator<Update<K, V>> updates =
        new Spliterators.AbstractSpliterator<>(
            Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE) {
          @Override
          public boolean tryAdvance(Consumer<? super Update<K, V>> action) {
            Update<K, V> update;
            try {
              update = next();
            } catch (ClosedException e) {
              return false;
            }
            action.accept(update);
            return true;
          }
        };
    return StreamSupport.stream(updates, false);
  }

  @Override
  public Flow.Publisher<Update<K, V>> publisher() {
    return publisher;
  }

  @Override
  public long drain(ChangeHandler<? super K, ? super V> handler) {
    return feed.drain(namespace, handler);
  }

  @Override
  public void goLive() {
    feed.goLive();
  }

  @Override
  public long revision() {
    return feed.position();
  }

  @Override
  public long lag() {
    return Math.max(0, namespace.connection.revision() - feed.position());
  }

  @Override
  public void close() {
    feed.close();
    publisher.wakeUp();
  }
}
