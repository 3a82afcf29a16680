package io.zproc.shm.testing;

import io.zproc.WaitStrategy;
import io.zproc.codec.ByteReader;
import io.zproc.internal.protocol.MessageType;
import io.zproc.internal.protocol.Replies;
import io.zproc.shm.ShmTransport;
import io.zproc.spi.Address;
import io.zproc.spi.ConnectOptions;
import io.zproc.spi.Connection;
import io.zproc.spi.Exchange;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Speaks the protocol itself, for what the library does not offer. */
public final class Wire implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final Connection connection;

  private Wire(Connection connection) {
    this.connection = connection;
  }

  public static Wire connect(TestServer server) {
    return new Wire(
        new ShmTransport()
            .connect(
                Address.parse(server.address()),
                new ConnectOptions(TIMEOUT, WaitStrategy.BLOCKING, null)));
  }

  public Connection connection() {
    return connection;
  }

  /** Sends a command of raw bytes; returns the reply behind its status. */
  public ByteReader send(byte... command) {
    try (Exchange exchange = connection.borrow()) {
      exchange.request().writeBytes(command, 0, command.length);
      long deadline = System.nanoTime() + TIMEOUT.toNanos();
      exchange.send(deadline);
      ByteReader reply = exchange.receive(deadline);
      Replies.check(reply);
      return reply;
    }
  }

  /** What the server tells of itself. */
  public Map<String, String> statistics() {
    ByteReader reply = send(MessageType.STATISTICS);
    Map<String, String> statistics = new LinkedHashMap<>();
    while (reply.remaining() > 0) {
      statistics.put(reply.readText(), reply.readText());
    }
    return statistics;
  }

  @Override
  public void close() {
    connection.close();
  }
}
