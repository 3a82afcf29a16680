package io.zproc.tcp.internal.client;

import io.zproc.codec.ByteReader;
import io.zproc.internal.protocol.MessageType;
import io.zproc.internal.protocol.Replies;
import io.zproc.spi.Cell;
import io.zproc.spi.Exchange;
import io.zproc.spi.ValueBuffer;

/** Reads one key by asking the server. Immutable. */
final class TcpCell implements Cell {
  private final TcpConnection connection;
  private final int namespace;
  private final byte[] key;

  TcpCell(TcpConnection connection, int namespace, byte[] key) {
    this.connection = connection;
    this.namespace = namespace;
    this.key = key;
  }

  @Override
  public int read(ValueBuffer into) {
    try (Exchange exchange = connection.borrow()) {
      long deadline = System.nanoTime() + connection.timeoutNs();
      exchange
          .request()
          .writeByte(MessageType.READ)
          .writeInt(namespace)
          .writeBlob(key, 0, key.length);
      exchange.send(deadline);
      return take(exchange.receive(deadline), into);
    }
  }

  private static int take(ByteReader reply, ValueBuffer into) {
    Replies.check(reply);
    into.version = reply.readLong();
    into.length = reply.readInt();
    if (into.length != ABSENT) {
      reply.require(into.length);
      System.arraycopy(reply.array(), reply.position(), into.ensure(into.length), 0, into.length);
    }
    return into.length;
  }
}
