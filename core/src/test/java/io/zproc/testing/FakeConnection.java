package io.zproc.testing;

import io.zproc.spi.Address;
import io.zproc.spi.Cell;
import io.zproc.spi.Connection;
import io.zproc.spi.EventCursor;
import io.zproc.spi.Exchange;

/** A client of a {@link FakeServer}. */
final class FakeConnection implements Connection {
  private final Address address;
  private final FakeServer server;
  private final long timeoutNs;

  FakeConnection(Address address, FakeServer server, long timeoutNs) {
    this.address = address;
    this.server = server;
    this.timeoutNs = timeoutNs;
  }

  @Override
  public Address address() {
    return address;
  }

  @Override
  public Exchange borrow() {
    return new FakeExchange(server);
  }

  @Override
  public Cell cell(int namespace, byte[] key) {
    byte[] copy = key.clone();
    return into -> server.read(namespace, copy, into);
  }

  @Override
  public long revision() {
    return server.revision();
  }

  @Override
  public EventCursor events(long after) {
    return new FakeCursor(server, after);
  }

  @Override
  public long timeoutNs() {
    return timeoutNs;
  }

  @Override
  public long serverPid() {
    return server.pid();
  }

  @Override
  public long identity() {
    return FakeServer.IDENTITY;
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
}
