package io.zproc.shm;

import io.zproc.Server;
import io.zproc.ServerBackend;
import io.zproc.ServerOptions;
import io.zproc.internal.jvm.Opens;
import io.zproc.shm.internal.client.ShmConnection;
import io.zproc.shm.internal.layout.Directory;
import io.zproc.shm.internal.server.PrivateDirectories;
import io.zproc.shm.internal.server.ServerProcess;
import io.zproc.shm.internal.server.ServerThread;
import io.zproc.spi.Address;
import io.zproc.spi.ConnectOptions;
import io.zproc.spi.Connection;
import io.zproc.spi.Transport;

/**
 * {@code ipc://DIRECTORY}: shared memory on this host. Found by the service loader; not to be used
 * directly.
 */
public final class ShmTransport implements Transport {

  @Override
  public String scheme() {
    return "ipc";
  }

  @Override
  public Address randomAddress() {
    return new Address(scheme(), PrivateDirectories.next().toString());
  }

  @Override
  public Server startServer(Address address, ServerOptions options) {
    Opens.open();
    Directory directory = Directory.of(address);
    return options.backend() == ServerBackend.THREAD
        ? ServerThread.start(address, directory, options)
        : ServerProcess.start(address, directory, options);
  }

  @Override
  public Connection connect(Address address, ConnectOptions options) {
    Opens.open();
    return ShmConnection.open(address, options);
  }
}
