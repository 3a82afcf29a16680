package io.zproc.internal.state;

import io.zproc.State;
import io.zproc.codec.ByteReader;
import io.zproc.internal.protocol.BatchEncoder;
import io.zproc.internal.protocol.Replies;
import io.zproc.spi.Cell;
import io.zproc.spi.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One commit over several states of one client, all or nothing, if its conditions hold: what the
 * protocol offers, for parts of the library that keep their books in states. For one thread, and
 * for one use.
 */
public final class Batch {
  /** What {@link #commit} returns when a condition did not hold. */
  public static final long CONFLICT = -1;

  private final Commits<?, ?> commits;
  private final List<Consumer<BatchEncoder>> conditions = new ArrayList<>();
  private final List<Consumer<BatchEncoder>> writes = new ArrayList<>();

  private Batch(Commits<?, ?> commits) {
    this.commits = commits;
  }

  /** An empty commit; watchers see it as made through {@code state}. */
  public static Batch through(State<?, ?> state) {
    return new Batch(commits(state));
  }

  /** Reads a value with its version, for {@link #ifVersion}. */
  public static <K, V> Versioned<V> read(State<K, V> state, K key) {
    Namespace<K, V> namespace = commits(state).namespace;
    Scratch scratch = Scratch.get();
    int length = namespace.keys.of(key).cell.read(scratch.value);
    if (length == Cell.ABSENT) {
      return Versioned.absent();
    }
    V value = namespace.types.decode(scratch.reader, scratch.value.bytes, 0, length);
    return new Versioned<>(value, scratch.value.version);
  }

  private static <K, V> Commits<K, V> commits(State<K, V> state) {
    return ((StateImpl<K, V>) state).commits();
  }

  /** The key must still have the value of this version; 0 stands for a key that is not there. */
  public <K> Batch ifVersion(State<K, ?> state, K key, long version) {
    Namespace<K, ?> namespace = commits(state).namespace;
    KeyRef ref = namespace.keys.of(key);
    conditions.add(batch -> batch.ifVersion(namespace.number, ref.bytes, version));
    return this;
  }

  public <K, V> Batch put(State<K, V> state, K key, V value) {
    Commits<K, V> to = commits(state);
    KeyRef ref = to.namespace.keys.of(key);
    writes.add(batch -> to.put(batch, ref, value));
    return this;
  }

  public <K> Batch remove(State<K, ?> state, K key) {
    Namespace<K, ?> namespace = commits(state).namespace;
    KeyRef ref = namespace.keys.of(key);
    writes.add(batch -> batch.remove(namespace.number, ref.bytes));
    return this;
  }

  /** As {@link State#add(Object, long)}. */
  public <K> Batch add(State<K, Long> state, K key, long delta) {
    Namespace<K, Long> namespace = commits(state).namespace;
    KeyRef ref = namespace.keys.of(key);
    writes.add(batch -> Commits.addLong(batch, namespace.number, ref, delta));
    return this;
  }

  /**
   * @return the revision, which is the version of everything that was put, or {@link #CONFLICT};
   *     then nothing has changed
   */
  public long commit() {
    Client client = commits.namespace.client;
    Scratch scratch = Scratch.get();
    Exchange exchange = client.borrow(scratch);
    try {
      BatchEncoder batch = commits.begin(scratch, exchange, 0);
      conditions.forEach(condition -> condition.accept(batch));
      writes.forEach(write -> write.accept(batch));
      ByteReader reply = commits.sendConditional(batch, exchange);
      return Replies.check(reply) ? reply.readLong() : CONFLICT;
    } finally {
      client.giveBack(scratch, exchange);
    }
  }
}
