package io.zproc.spi;

import io.zproc.AddressException;
import io.zproc.Server;
import io.zproc.ServerOptions;
import java.util.List;

/** One way to reach a server; found by {@link java.util.ServiceLoader}. Thread-safe. */
public interface Transport {

  /** The scheme of the addresses this transport serves, such as {@code ipc}. */
  String scheme();

  /** An address that no server uses, for a private server. */
  Address randomAddress();

  /**
   * Starts a server and returns when it answers.
   *
   * @throws io.zproc.ZProcException when the address is taken or can not be used, saying why
   */
  Server startServer(Address address, ServerOptions options);

  /**
   * Connects to a running server.
   *
   * @throws io.zproc.ServerDownException when there is none
   * @throws io.zproc.LayoutVersionException when it speaks another version
   */
  Connection connect(Address address, ConnectOptions options);

  /**
   * Lets clients reach a server, which runs in this JVM, at other addresses too.
   *
   * @param server where the gateway itself reaches it
   * @param addresses all of this transport's scheme
   * @throws io.zproc.ZProcException when an address is taken or must not be used, saying why
   */
  default Gateway openGateway(Address server, List<Address> addresses, ServerOptions options) {
    throw new AddressException("a server can not listen at " + addresses.get(0));
  }
}
