package io.zproc.internal.transport;

import io.zproc.ServerOptions;
import io.zproc.spi.Address;
import io.zproc.spi.Gateway;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The gateways of one server, one for each scheme that it listens with. Immutable. */
public final class Gateways implements Gateway {
  private final List<Gateway> gateways = new ArrayList<>();

  private Gateways() {}

  /** Opens what the options ask for; all or none. */
  public static Gateways open(Address server, ServerOptions options) {
    Map<String, List<Address>> byScheme = new LinkedHashMap<>();
    for (String text : options.listen()) {
      Address address = Address.parse(text);
      byScheme.computeIfAbsent(address.scheme(), scheme -> new ArrayList<>()).add(address);
    }
    Gateways opened = new Gateways();
    try {
      byScheme.forEach(
          (scheme, addresses) ->
              opened.gateways.add(
                  Transports.ofScheme(scheme).openGateway(server, addresses, options)));
    } catch (RuntimeException | Error e) {
      opened.close();
      throw e;
    }
    return opened;
  }

  @Override
  public List<String> addresses() {
    return gateways.stream().flatMap(gateway -> gateway.addresses().stream()).toList();
  }

  @Override
  public void close() {
    gateways.forEach(Gateway::close);
  }
}
