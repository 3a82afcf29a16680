package io.zproc.internal.transport;

import io.zproc.AddressException;
import io.zproc.ZProcException;
import io.zproc.internal.jvm.OpenFiles;
import io.zproc.spi.Address;
import io.zproc.spi.Transport;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The transports on the class path, by the scheme of their addresses. */
public final class Transports {
  private static final Map<String, String> ARTIFACTS =
      Map.of("ipc", "zproc-transport-shm", "tcp", "zproc-transport-tcp");
  private static final ConcurrentHashMap<String, Transport> FOUND = new ConcurrentHashMap<>();

  private Transports() {}

  public static Transport of(Address address) {
    return ofScheme(address.scheme());
  }

  /**
   * @throws AddressException when there is none, naming what to add
   * @throws ZProcException when they can not be loaded
   */
  public static Transport ofScheme(String scheme) {
    return FOUND.computeIfAbsent(scheme, Transports::find);
  }

  private static Transport find(String scheme) {
    Map<String, Transport> all = new HashMap<>();
    load(Transport.class.getClassLoader(), all);
    load(Thread.currentThread().getContextClassLoader(), all);
    Transport transport = all.get(scheme);
    if (transport == null) {
      OpenFiles.require(null);
      throw missing(scheme, all);
    }
    return transport;
  }

  private static void load(ClassLoader loader, Map<String, Transport> into) {
    if (loader == null) {
      return;
    }
    try {
      ServiceLoader.load(Transport.class, loader).forEach(t -> into.putIfAbsent(t.scheme(), t));
    } catch (ServiceConfigurationError e) {
      OpenFiles.require(e);
      throw new ZProcException("can not load the transports on the class path: " + e, e);
    }
  }

  private static AddressException missing(String scheme, Map<String, Transport> all) {
    String artifact = ARTIFACTS.get(scheme);
    String found = "; on the class path: " + (all.isEmpty() ? "none" : new TreeSet<>(all.keySet()));
    return artifact == null
        ? new AddressException("no transport for " + scheme + ":// addresses" + found)
        : new AddressException(
            scheme
                + ":// addresses need the artifact io.zproc:"
                + artifact
                + " on the class path"
                + found);
  }
}
