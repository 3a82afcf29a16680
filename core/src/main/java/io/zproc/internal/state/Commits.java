package io.zproc.internal.state;

import io.zproc.codec.ByteReader;
import io.zproc.codec.PlainNumbers;
import io.zproc.internal.protocol.BatchEncoder;
import io.zproc.internal.protocol.Replies;
import io.zproc.spi.Exchange;

/** Writes the commits of one state and sends them. Stateless but for the scratch of the thread. */
final class Commits<K, V> {
  final Namespace<K, V> namespace;
  final long origin;
  final Reads<K, V> reads;
  private final Client client;

  Commits(Namespace<K, V> namespace, long origin, Reads<K, V> reads) {
    this.namespace = namespace;
    this.origin = origin;
    this.reads = reads;
    this.client = namespace.client;
  }

  /** Begins a commit in the exchange; {@link #send} ends it. */
  BatchEncoder begin(Scratch scratch, Exchange exchange, int flags) {
    return scratch.batch.wrap(exchange.request(), flags, origin);
  }

  void put(BatchEncoder batch, KeyRef key, V value) {
    namespace.types.encodeValue(value, batch.beginPut(namespace.number, key.bytes));
    batch.endValue();
  }

  static void putLong(BatchEncoder batch, int namespace, KeyRef key, long value) {
    PlainNumbers.encodeLong(value, batch.beginPut(namespace, key.bytes));
    batch.endValue();
  }

  static void addLong(BatchEncoder batch, int namespace, KeyRef key, long delta) {
    PlainNumbers.encodeLong(delta, batch.beginAdd(namespace, key.bytes));
    batch.endValue();
  }

  /** Sends a commit without conditions; returns the reply behind its revision. */
  ByteReader send(BatchEncoder batch, Exchange exchange) {
    end(batch);
    ByteReader reply = client.call(exchange);
    reads.atLeast(reply.readLong());
    return reply;
  }

  /** Sends a commit with conditions; returns whether they held. */
  boolean trySend(BatchEncoder batch, Exchange exchange) {
    ByteReader reply = sendConditional(batch, exchange);
    boolean committed = Replies.check(reply);
    if (committed) {
      reads.atLeast(reply.readLong());
    }
    return committed;
  }

  /** Sends a commit with conditions; returns the reply, which {@link Replies#check} tells apart. */
  ByteReader sendConditional(BatchEncoder batch, Exchange exchange) {
    end(batch);
    return client.exchangeOnce(exchange);
  }

  private static void end(BatchEncoder batch) {
    batch.end();
    Client.checkLength(batch.message());
  }

  /** Reads one result: the previous value, or null when there was none. */
  V previous(Scratch scratch, ByteReader reply) {
    reply.readLong();
    int length = reply.readInt();
    if (length < 0) {
      return null;
    }
    reply.require(length);
    return namespace.types.decode(scratch.reader, reply.array(), reply.position(), length);
  }
}
