package io.zproc.internal.state;

import io.zproc.ClosedException;
import io.zproc.Pipeline;
import io.zproc.Snapshot;
import io.zproc.State;
import io.zproc.Transaction;
import io.zproc.Update;
import io.zproc.Watch;
import io.zproc.WatchOptions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A state that goes on with the client that its context has now. What it has as a map is in {@link
 * StateMap}; here is what no other map has. Thread-safe.
 */
final class StateImpl<K, V> extends StateMap<K, V> {
  private final CurrentClient clients;

  /** Written under the lock, when the client was replaced. */
  private volatile StateParts<K, V> parts;

  private volatile boolean closed;

  private StateImpl(CurrentClient clients, StateParts<K, V> parts) {
    this.clients = clients;
    this.parts = parts;
  }

  /** A new state, whose buffered cursor begins now. */
  static <K, V> StateImpl<K, V> of(
      CurrentClient clients, Namespace<K, V> namespace, Reads<K, V> reads) {
    long origin = ThreadLocalRandom.current().nextLong();
    return new StateImpl<>(clients, StateParts.of(new Commits<>(namespace, origin, reads)));
  }

  @Override
  StateParts<K, V> parts() {
    StateParts<K, V> now = parts;
    if (closed) {
      throw new ClosedException("a state of " + now.namespace + " was closed");
    }
    Client client = now.namespace.client;
    client.checkOpen();
    return client.isReplaced() ? renew(now) : now;
  }

  private synchronized StateParts<K, V> renew(StateParts<K, V> replaced) {
    if (parts == replaced) {
      parts = replaced.renewed(clients.get());
      if (closed) {
        parts.close();
      }
    }
    return parts;
  }

  Commits<K, V> commits() {
    return parts().commits;
  }

  private Watching<K, V> watching() {
    return parts().watching;
  }

  @Override
  public void set(Map<? extends K, ? extends V> content) {
    map().set(content);
  }

  @Override
  public long add(K key, long delta) {
    return map().add(key, delta);
  }

  @Override
  public double add(K key, double delta) {
    return map().add(key, delta);
  }

  @Override
  public long getLong(K key, long ifAbsent) {
    return reads().getLong(key, ifAbsent);
  }

  @Override
  public void putLong(K key, long value) {
    map().putLong(key, value);
  }

  @Override
  public int getBytes(K key, byte[] target) {
    return reads().getBytes(key, target);
  }

  @Override
  public Map.Entry<K, V> popItem() {
    return conditional().popItem();
  }

  @Override
  public Snapshot<K, V> copy() {
    StateParts<K, V> now = parts();
    return now.namespace.snapshot(now.reads.view());
  }

  @Override
  public Pipeline<K, V> pipeline() {
    return new PipelineImpl<>(commits());
  }

  @Override
  public <R> R atomic(Function<? super Transaction<K, V>, ? extends R> function) {
    StateParts<K, V> now = parts();
    TransactionRun<K, V, R> run = new TransactionRun<>(now.commits, function);
    now.contention.run(run);
    return run.result();
  }

  @Override
  public <R> R atomicExclusive(Function<? super Transaction<K, V>, ? extends R> function) {
    StateParts<K, V> now = parts();
    TransactionRun<K, V, R> run = new TransactionRun<>(now.commits, function);
    now.contention.runExclusively(run);
    return run.result();
  }

  @Override
  public Update<K, V> getRawUpdate(WatchOptions options) {
    return watching().next(options, new Object[0]);
  }

  @Override
  @SafeVarargs
  @SuppressWarnings("varargs")
  public final Snapshot<K, V> getWhenChange(WatchOptions options, K... keys) {
    return watching().next(options, keys).after();
  }

  @Override
  @SafeVarargs
  public final Snapshot<K, V> getWhenChange(K... keys) {
    return getWhenChange(WatchOptions.buffered(), keys);
  }

  @Override
  public Snapshot<K, V> getWhen(Predicate<? super Snapshot<K, V>> predicate, WatchOptions options) {
    return watching().when(predicate, options, () -> "the predicate to hold");
  }

  @Override
  public Snapshot<K, V> getWhenEqual(K key, V value, WatchOptions options) {
    return watching().when(KeyCondition.equal(key, value), options);
  }

  @Override
  public Snapshot<K, V> getWhenNotEqual(K key, V value, WatchOptions options) {
    return watching().when(KeyCondition.notEqual(key, value), options);
  }

  @Override
  public Snapshot<K, V> getWhenNone(K key, WatchOptions options) {
    return watching().when(KeyCondition.none(key), options);
  }

  @Override
  public Snapshot<K, V> getWhenNotNone(K key, WatchOptions options) {
    return watching().when(KeyCondition.notNone(key), options);
  }

  @Override
  public Snapshot<K, V> getWhenAvailable(K key, WatchOptions options) {
    return watching().when(KeyCondition.available(key), options);
  }

  @Override
  public void goLive() {
    watching().goLive();
  }

  @Override
  @SafeVarargs
  @SuppressWarnings("varargs")
  public final Watch<K, V> watch(WatchOptions options, K... keys) {
    return new WatchImpl<>(commits(), options, keys);
  }

  @Override
  public Watch<K, V> watchAll(WatchOptions options) {
    return new WatchImpl<>(commits(), options, new Object[0]);
  }

  @Override
  public State<K, V> fork() {
    StateParts<K, V> now = parts();
    return of(clients, now.namespace, now.reads.of(now.namespace));
  }

  @Override
  public State<K, V> fork(String name) {
    StateParts<K, V> now = parts();
    Namespace<K, V> other = now.namespace.client.namespace(name, now.namespace.types);
    return of(clients, other, now.reads.of(other));
  }

  @Override
  public State<K, V> cached() {
    Namespace<K, V> namespace = parts().namespace;
    return of(clients, namespace, new CachedReads<>(namespace));
  }

  @Override
  public String namespace() {
    return parts.namespace.name;
  }

  @Override
  public long revision() {
    return reads().revision();
  }

  @Override
  public long ping(Duration timeout) {
    return parts().namespace.client.ping(timeout);
  }

  @Override
  public String address() {
    return clients.address();
  }

  @Override
  public void close() {
    closed = true;
    parts.close();
  }

  @Override
  public String toString() {
    boolean usable = !closed && !clients.isClosed();
    return usable ? copy().toString() : "closed state of " + parts.namespace;
  }
}
