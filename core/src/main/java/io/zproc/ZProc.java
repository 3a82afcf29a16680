package io.zproc;

import io.zproc.internal.state.Client;
import io.zproc.internal.transport.Transports;
import io.zproc.spi.Address;
import io.zproc.spi.ConnectOptions;
import io.zproc.spi.Transport;
import java.time.Duration;

/** Servers without a {@link Context}: starts them, and asks whether they live. */
public final class ZProc {
  private static final String PRIVATE_SCHEME = "ipc";

  private ZProc() {}

  /** Starts a server of its own process at a random {@code ipc} address. */
  public static Server startServer() {
    Transport transport = Transports.ofScheme(PRIVATE_SCHEME);
    return transport.startServer(transport.randomAddress(), ServerOptions.defaults());
  }

  public static Server startServer(String address) {
    return startServer(address, ServerOptions.defaults());
  }

  /**
   * Starts a server and returns when it answers. A thread that is interrupted does so, too, and
   * stays interrupted.
   *
   * @throws ZProcException when the address is taken or can not be used
   */
  public static Server startServer(String address, ServerOptions options) {
    Address parsed = Address.parse(address);
    return Transports.of(parsed).startServer(parsed, options);
  }

  /**
   * Asks a server for its pid.
   *
   * @throws ServerDownException when none answers in time
   */
  public static long ping(String address, Duration timeout) {
    Address parsed = Address.parse(address);
    ConnectOptions options = new ConnectOptions(timeout, WaitStrategy.BLOCKING, null);
    try (Client client = new Client(Transports.of(parsed).connect(parsed, options))) {
      return client.ping(timeout);
    }
  }
}
