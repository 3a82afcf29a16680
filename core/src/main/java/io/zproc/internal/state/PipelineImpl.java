package io.zproc.internal.state;

import io.zproc.ClosedException;
import io.zproc.Pipeline;
import io.zproc.ProtocolException;
import io.zproc.ZProcException;
import io.zproc.codec.ByteReader;
import io.zproc.internal.protocol.BatchEncoder;
import io.zproc.internal.protocol.Replies;
import io.zproc.spi.Exchange;

/**
 * Commits sent through one exchange. Replies are taken as they come, and waited for when too many
 * are outstanding, so that neither side fills while the other waits for room.
 */
final class PipelineImpl<K, V> implements Pipeline<K, V> {
  private static final int MAX_IN_FLIGHT = 4096;

  private final Namespace<K, V> namespace;
  private final Commits<K, V> commits;
  private final Exchange exchange;
  private final BatchEncoder batch = new BatchEncoder();
  private long revision;
  private ZProcException refused;
  private boolean closed;

  PipelineImpl(Commits<K, V> commits) {
    this.commits = commits;
    this.namespace = commits.namespace;
    namespace.client.checkOpen();
    this.exchange = namespace.connection.borrow();
  }

  @Override
  public void put(K key, V value) {
    KeyRef ref = begin(key);
    commits.put(batch, ref, value);
    send();
  }

  @Override
  @SuppressWarnings("unchecked")
  public void putLong(K key, long value) {
    if (!namespace.types.takesLongs()) {
      put(key, (V) (Long) value);
      return;
    }
    KeyRef ref = begin(key);
    Commits.putLong(batch, namespace.number, ref, value);
    send();
  }

  @Override
  public void remove(K key) {
    KeyRef ref = begin(key);
    batch.remove(namespace.number, ref.bytes);
    send();
  }

  @Override
  public void add(K key, long delta) {
    KeyRef ref = begin(key);
    Commits.addLong(batch, namespace.number, ref, delta);
    send();
  }

  private KeyRef begin(K key) {
    checkOpen();
    throwRefused();
    KeyRef ref = namespace.keys.of(key);
    batch.wrap(exchange.request(), 0, commits.origin);
    return ref;
  }

  private void send() {
    batch.end();
    Client.checkLength(batch.message());
    exchange.send(deadline());
    for (ByteReader reply = exchange.poll(); reply != null; reply = exchange.poll()) {
      take(reply);
    }
    while (exchange.inFlight() > MAX_IN_FLIGHT) {
      take(exchange.receive(deadline()));
    }
  }

  @Override
  public long flush() {
    checkOpen();
    while (exchange.inFlight() > 0) {
      take(exchange.receive(deadline()));
    }
    throwRefused();
    return revision;
  }

  /** Notes the outcome of one commit; of several refusals the first is told. */
  private void take(ByteReader reply) {
    try {
      if (!Replies.check(reply)) {
        throw new ProtocolException("a conflict without a condition");
      }
      revision = reply.readLong();
      commits.reads.atLeast(revision);
    } catch (ZProcException e) {
      refused = refused == null ? e : refused;
    }
  }

  private void throwRefused() {
    ZProcException e = refused;
    if (e != null) {
      refused = null;
      throw e;
    }
  }

  private long deadline() {
    return System.nanoTime() + namespace.connection.timeoutNs();
  }

  private void checkOpen() {
    namespace.client.checkOpen();
    if (closed) {
      throw new ClosedException("a pipeline to " + namespace + " was closed");
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    try {
      flush();
    } finally {
      closed = true;
      exchange.close();
    }
  }
}
