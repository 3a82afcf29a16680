package io.zproc.tcp.internal.client;

import io.zproc.ServerDownException;
import io.zproc.ValueTooLongException;
import io.zproc.ZProcTimeoutException;
import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.internal.protocol.Limits;
import io.zproc.spi.Exchange;
import java.util.function.Supplier;

/** Commands of one thread at a time over one session, which is opened when first needed. */
final class TcpExchange implements Exchange {
  private final TcpConnection connection;
  private final ExchangePool pool;
  private final TcpSession session;
  private final ByteWriter request = new ByteWriter(1024);
  private final ByteReader reply = new ByteReader();

  TcpExchange(TcpConnection connection, ExchangePool pool) {
    this.connection = connection;
    this.pool = pool;
    session = new TcpSession(connection);
  }

  /** Opens the session ahead of the first command. */
  void connect(long deadlineNs) {
    orAbandon(
        () -> {
          session.connect(deadlineNs);
          return null;
        });
  }

  @Override
  public ByteWriter request() {
    return request.clear();
  }

  @Override
  public void send(long deadlineNs) {
    connection.requireOpen();
    if (request.position() > Limits.MAX_MESSAGE) {
      throw new ValueTooLongException(
          "a command of " + request.position() + " bytes; the limit is " + Limits.MAX_MESSAGE);
    }
    orAbandon(
        () -> {
          session.send(request.toByteArray(), deadlineNs);
          return null;
        });
  }

  @Override
  public int inFlight() {
    return session.inFlight();
  }

  @Override
  public ByteReader receive(long deadlineNs) {
    if (session.inFlight() == 0) {
      throw new IllegalStateException("no command is waiting for a reply");
    }
    return wrap(orAbandon(() -> session.receive(deadlineNs)));
  }

  @Override
  public ByteReader poll() {
    byte[] next = session.inFlight() == 0 ? null : session.poll();
    return next == null ? null : wrap(next);
  }

  private ByteReader wrap(byte[] bytes) {
    return reply.wrap(bytes, 0, bytes.length);
  }

  long revision(long deadlineNs) {
    return orAbandon(() -> session.revision(deadlineNs));
  }

  private <T> T orAbandon(Supplier<T> action) {
    try {
      return action.get();
    } catch (ServerDownException | ZProcTimeoutException e) {
      session.abandon();
      throw e;
    }
  }

  @Override
  public void close() {
    if (session.inFlight() > 0) {
      session.abandon();
    }
    pool.giveBack(this);
  }

  /** Lets a wait look whether the connection was closed. From any thread. */
  void wake() {
    session.wake();
  }

  /** Ends the session. */
  void end() {
    session.abandon();
  }
}
