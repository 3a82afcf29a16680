package io.zproc.testing;

import io.zproc.Server;
import io.zproc.ServerDownException;
import io.zproc.ServerOptions;
import io.zproc.ZProcException;
import io.zproc.spi.Address;
import io.zproc.spi.ConnectOptions;
import io.zproc.spi.Connection;
import io.zproc.spi.Transport;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** {@code mem://NAME}: servers that are objects of this JVM. */
public final class FakeTransport implements Transport {
  private static final ConcurrentHashMap<String, FakeServer> SERVERS = new ConcurrentHashMap<>();
  private static final AtomicLong NAMES = new AtomicLong();

  /** The server behind an address, for tests that look inside. */
  public static FakeServer server(String address) {
    return SERVERS.get(Address.parse(address).location());
  }

  /** Makes the address free for another server. */
  public static void forget(String address) {
    SERVERS.remove(Address.parse(address).location());
  }

  @Override
  public String scheme() {
    return "mem";
  }

  @Override
  public Address randomAddress() {
    return new Address("mem", "random-" + NAMES.incrementAndGet());
  }

  @Override
  public Server startServer(Address address, ServerOptions options) {
    FakeServer server = new FakeServer(address.toString());
    if (SERVERS.putIfAbsent(address.location(), server) != null) {
      throw new ZProcException(address + " is taken");
    }
    return server;
  }

  @Override
  public Connection connect(Address address, ConnectOptions options) {
    FakeServer server = SERVERS.get(address.location());
    if (server == null || !server.isAlive()) {
      throw new ServerDownException("no server at " + address);
    }
    return new FakeConnection(address, server, options.timeout().toNanos());
  }
}
