package io.zproc.testing;

import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.spi.Exchange;
import java.util.ArrayDeque;

/** One session: its requests are served in order, when the turn of another does not forbid it. */
final class FakeExchange implements Exchange {
  private final FakeServer server;
  private final ByteWriter request = new ByteWriter();
  private final ByteReader reply = new ByteReader();

  /** Guarded by the server's lock. */
  final ArrayDeque<byte[]> requests = new ArrayDeque<>();

  /** Guarded by the server's lock. */
  final ArrayDeque<byte[]> replies = new ArrayDeque<>();

  final long session;

  FakeExchange(FakeServer server) {
    this.server = server;
    this.session = server.openSession(this);
  }

  @Override
  public ByteWriter request() {
    return request.clear();
  }

  @Override
  public void send(long deadlineNs) {
    server.submit(this, request.toByteArray());
    request.clear();
  }

  @Override
  public int inFlight() {
    return server.inFlight(this);
  }

  @Override
  public ByteReader receive(long deadlineNs) {
    byte[] bytes = server.take(this, deadlineNs);
    return reply.wrap(bytes, 0, bytes.length);
  }

  @Override
  public ByteReader poll() {
    byte[] bytes = server.poll(this);
    return bytes == null ? null : reply.wrap(bytes, 0, bytes.length);
  }

  /** The session goes on until its requests are served; a turn it holds ends with its lease. */
  @Override
  public void close() {}
}
