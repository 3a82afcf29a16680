package io.zproc.tcp.internal.gateway;

import io.zproc.WaitStrategy;
import io.zproc.internal.transport.Transports;
import io.zproc.spi.Address;
import io.zproc.spi.ConnectOptions;
import io.zproc.spi.Connection;
import io.zproc.spi.Exchange;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The server, as the gateway reaches it: a client like any other. Exchanges are lent to sessions
 * that have something under way. The gateway's thread only.
 */
final class Backend implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** What one connection of shared memory has. */
  private static final int EXCHANGES_PER_CONNECTION = 60;

  private static final int MAX_CONNECTIONS = 8;

  private final Address address;
  private final List<Connection> connections = new ArrayList<>();
  private final Deque<Exchange> idle = new ArrayDeque<>();
  private int lent;

  Backend(Address address) {
    this.address = address;
    connections.add(connect());
  }

  private Connection connect() {
    ConnectOptions options = new ConnectOptions(TIMEOUT, WaitStrategy.BLOCKING, null);
    return Transports.of(address).connect(address, options);
  }

  Connection connection() {
    return connections.get(0);
  }

  /** The published revision. */
  long revision() {
    return connection().revision();
  }

  long pid() {
    return connection().serverPid();
  }

  /** Until when a command may take, on the clock of {@link System#nanoTime}. */
  static long deadlineNs() {
    return System.nanoTime() + TIMEOUT.toNanos();
  }

  /** Lends an exchange, or null when too many are in use. */
  Exchange lend() {
    Exchange exchange = idle.poll();
    if (exchange != null) {
      return exchange;
    }
    if (lent == connections.size() * EXCHANGES_PER_CONNECTION) {
      if (connections.size() == MAX_CONNECTIONS) {
        return null;
      }
      connections.add(connect());
    }
    lent++;
    return connections.get(connections.size() - 1).borrow();
  }

  void giveBack(Exchange exchange) {
    idle.push(exchange);
  }

  /** Takes back one that has failed, with whatever it had under way. */
  void discard(Exchange exchange) {
    exchange.close();
    lent--;
  }

  boolean hasIdle() {
    return !idle.isEmpty();
  }

  @Override
  public void close() {
    connections.forEach(Connection::close);
  }
}
