package io.zproc.tcp.internal.gateway;

import io.zproc.AddressException;
import io.zproc.ServerOptions;
import io.zproc.spi.Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a gateway may listen: without a secret key, on this host only. */
public final class ListenAddress {
  private static final Logger LOG = LoggerFactory.getLogger(ListenAddress.class);

  private ListenAddress() {}

  /**
   * @throws AddressException for an address that others could reach, if nothing keeps them out
   */
  public static void check(Address address, ServerOptions options) {
    if (options.secretKey() != null || isLoopback(address)) {
      return;
    }
    if (!options.insecure()) {
      throw new AddressException(
          "without a secret key a server listens on loopback only, not at "
              + address
              + ": give it a secret key, or say that everybody may use it (insecure)");
    }
    LOG.warn("listening at {} without a secret key: whoever reaches it can do anything", address);
  }

  private static boolean isLoopback(Address address) {
    String location = address.location();
    String host = location.substring(0, location.lastIndexOf(':'));
    if (host.equals("*")) {
      return false;
    }
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new AddressException("no host is known by the name of " + address);
    }
  }
}
