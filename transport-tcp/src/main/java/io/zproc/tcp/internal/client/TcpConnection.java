package io.zproc.tcp.internal.client;

import io.zproc.ClosedException;
import io.zproc.WaitStrategy;
import io.zproc.internal.transport.StateIdentity;
import io.zproc.spi.Address;
import io.zproc.spi.Cell;
import io.zproc.spi.ConnectOptions;
import io.zproc.spi.Connection;
import io.zproc.spi.EventCursor;
import io.zproc.tcp.internal.wire.Security;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A client of a gateway. Thread-safe. Each exchange and each cursor has a connection of its own, so
 * that none has to wait for what another one sends, and the thread that waits for an answer is the
 * one that reads it.
 */
public final class TcpConnection implements Connection {
  private final Address address;
  private final ConnectOptions options;
  private final StateIdentity state;
  private final ExchangePool exchanges = new ExchangePool(this);
  private final AtomicLong refusedFrames = new AtomicLong();
  private volatile long serverPid;
  private volatile boolean closed;

  private TcpConnection(Address address, ConnectOptions options) {
    this.address = address;
    this.options = options;
    this.state = new StateIdentity(address);
  }

  /** Connects, and returns when the gateway has accepted this client. */
  public static TcpConnection open(Address address, ConnectOptions options) {
    return open(new TcpConnection(address, options));
  }

  private static TcpConnection open(TcpConnection connection) {
    try (TcpExchange first = connection.exchanges.borrow()) {
      first.connect(System.nanoTime() + connection.timeoutNs());
      return connection;
    } catch (RuntimeException | Error e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public Address address() {
    return address;
  }

  @Override
  public TcpExchange borrow() {
    requireOpen();
    return exchanges.borrow();
  }

  @Override
  public Cell cell(int namespace, byte[] key) {
    return new TcpCell(this, namespace, key.clone());
  }

  @Override
  public long revision() {
    try (TcpExchange exchange = borrow()) {
      return exchange.revision(System.nanoTime() + timeoutNs());
    }
  }

  @Override
  public EventCursor events(long after) {
    requireOpen();
    return new TcpEventCursor(this, after);
  }

  @Override
  public long timeoutNs() {
    return options.timeout().toNanos();
  }

  @Override
  public long serverPid() {
    return serverPid;
  }

  @Override
  public long identity() {
    return state.value();
  }

  @Override
  public String replacement() {
    return state.replacement();
  }

  @Override
  public Connection renew() {
    TcpConnection next = new TcpConnection(address, options);
    next.serverPid = serverPid;
    return open(next);
  }

  /**
   * Looks which state was found at the address; false when it is not the one that this connection
   * is of.
   *
   * @param seen a revision that the state has
   */
  boolean isSame(Opening found, long seen) {
    state.found(found.identity());
    if (found.revision() < seen) {
      state.replaced("that of before, set back from revision " + seen + " to " + found.revision());
    }
    return state.replacement() == null;
  }

  @Override
  public void close() {
    closed = true;
    exchanges.close();
  }

  /**
   * @throws io.zproc.SessionLostException when the state was replaced
   */
  void requireOpen() {
    state.requireSame();
    if (closed) {
      throw new ClosedException("the connection to " + address + " was closed");
    }
  }

  boolean isClosed() {
    return closed;
  }

  void serverPid(long pid) {
    serverPid = pid;
  }

  /** Where to connect to; looked up anew each time, since names may move to other hosts. */
  InetSocketAddress target() {
    int colon = address.location().lastIndexOf(':');
    int port = Integer.parseInt(address.location().substring(colon + 1));
    return new InetSocketAddress(address.location().substring(0, colon), port);
  }

  WaitStrategy waitStrategy() {
    return options.waitStrategy();
  }

  /** Whether a gateway was reached once, so that it is worth while to wait for it. */
  boolean wasConnected() {
    return serverPid != 0;
  }

  Security security() {
    return new Security(options.secretKey(), options.encrypt());
  }

  void countRefusedFrame() {
    refusedFrames.incrementAndGet();
  }

  /** Frames that were forged or changed on their way, and were not looked at. */
  public long refusedFrames() {
    return refusedFrames.get();
  }
}
