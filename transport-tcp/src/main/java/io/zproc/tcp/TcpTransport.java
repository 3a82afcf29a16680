package io.zproc.tcp;

import io.zproc.AddressException;
import io.zproc.Server;
import io.zproc.ServerOptions;
import io.zproc.internal.transport.Transports;
import io.zproc.spi.Address;
import io.zproc.spi.ConnectOptions;
import io.zproc.spi.Connection;
import io.zproc.spi.Gateway;
import io.zproc.spi.Transport;
import io.zproc.tcp.internal.client.TcpConnection;
import io.zproc.tcp.internal.gateway.ListenAddress;
import io.zproc.tcp.internal.gateway.TcpGateway;
import java.util.ArrayList;
import java.util.List;

/** {@code tcp://HOST:PORT}: another host. Found by the service loader; not to be used directly. */
public final class TcpTransport implements Transport {
  /** What a server serves besides, in whose journal and maps the state is. */
  private static final String SERVER_SCHEME = "ipc";

  private static final int LARGEST_PORT = 65_535;

  @Override
  public String scheme() {
    return "tcp";
  }

  /** A port of this host that the operating system chooses. */
  @Override
  public Address randomAddress() {
    return new Address(scheme(), "127.0.0.1:0");
  }

  /**
   * Starts a private server that listens at the address. One that is to keep its state needs a
   * directory: start that with {@link ServerOptions#listen}.
   */
  @Override
  public Server startServer(Address address, ServerOptions options) {
    List<String> listen = new ArrayList<>(List.of(address.toString()));
    listen.addAll(options.listen());
    Transport local = Transports.ofScheme(SERVER_SCHEME);
    return new TcpServer(local.startServer(local.randomAddress(), options.listen(listen)));
  }

  @Override
  public Connection connect(Address address, ConnectOptions options) {
    requirePort(address);
    return TcpConnection.open(address, options);
  }

  @Override
  public Gateway openGateway(Address server, List<Address> addresses, ServerOptions options) {
    addresses.forEach(TcpTransport::requirePort);
    addresses.forEach(address -> ListenAddress.check(address, options));
    return TcpGateway.open(server, addresses, options);
  }

  private static void requirePort(Address address) {
    if (!address.location().matches(".+:\\d{1,5}")) {
      throw new AddressException(
          "malformed server address '" + address + "'; expected tcp://HOST:PORT");
    }
    String location = address.location();
    int port = Integer.parseInt(location.substring(location.lastIndexOf(':') + 1));
    if (port > LARGEST_PORT) {
      throw new AddressException(
          "port " + port + " of '" + address + "' is above the largest one, " + LARGEST_PORT);
    }
  }
}
