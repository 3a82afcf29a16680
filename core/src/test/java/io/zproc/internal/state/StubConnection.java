package io.zproc.internal.state;

import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.internal.protocol.Replies;
import io.zproc.spi.Address;
import io.zproc.spi.Cell;
import io.zproc.spi.Connection;
import io.zproc.spi.EventCursor;
import io.zproc.spi.Exchange;

/** Answers at once and without allocating: each key has the same value, each command succeeds. */
final class StubConnection implements Connection {
  private final byte[] value;
  private final StubExchange exchange = new StubExchange();

  StubConnection(byte[] value) {
    this.value = value;
  }

  @Override
  public Address address() {
    return new Address("stub", "here");
  }

  @Override
  public Exchange borrow() {
    return exchange;
  }

  @Override
  public Cell cell(int namespace, byte[] key) {
    return into -> {
      System.arraycopy(value, 0, into.ensure(value.length), 0, value.length);
      into.length = value.length;
      into.version = 1;
      return value.length;
    };
  }

  @Override
  public long revision() {
    return 1;
  }

  @Override
  public EventCursor events(long after) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long timeoutNs() {
    return 1_000_000_000L;
  }

  @Override
  public long serverPid() {
    return 1;
  }

  @Override
  public long identity() {
    return 1;
  }

  @Override
  public String replacement() {
    return null;
  }

  @Override
  public Connection renew() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}

  private static final class StubExchange implements Exchange {
    private final ByteWriter request = new ByteWriter();
    private final ByteReader reply = new ByteReader();
    private final byte[] bytes;
    private int inFlight;

    StubExchange() {
      ByteWriter ok = Replies.ok(new ByteWriter());
      bytes = ok.writeLong(1).writeLong(0).writeInt(-1).toByteArray();
    }

    @Override
    public ByteWriter request() {
      return request.clear();
    }

    @Override
    public void send(long deadlineNs) {
      inFlight++;
    }

    @Override
    public int inFlight() {
      return inFlight;
    }

    @Override
    public ByteReader receive(long deadlineNs) {
      inFlight--;
      return reply.wrap(bytes, 0, bytes.length);
    }

    @Override
    public ByteReader poll() {
      return inFlight == 0 ? null : receive(0);
    }

    @Override
    public void close() {}
  }
}
