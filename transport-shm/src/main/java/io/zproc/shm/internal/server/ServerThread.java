package io.zproc.shm.internal.server;

import io.zproc.Server;
import io.zproc.ServerOptions;
import io.zproc.ZProcException;
import io.zproc.internal.jvm.Uninterruptibly;
import io.zproc.internal.transport.Gateways;
import io.zproc.shm.internal.layout.Directory;
import io.zproc.spi.Address;
import java.util.List;
import java.util.stream.Stream;

/** A server on a daemon thread of this JVM. */
public final class ServerThread implements Server {
  private static final long STOP_TIMEOUT_MS = 10_000;

  private final Address address;
  private final Directory directory;
  private final ShmServer server;
  private final Thread thread;
  private volatile Gateways gateways;

  private ServerThread(Address address, Directory directory, ShmServer server) {
    this.address = address;
    this.directory = directory;
    this.server = server;
    this.thread = new Thread(server, "zproc-server");
    thread.setDaemon(true);
  }

  public static ServerThread start(Address address, Directory directory, ServerOptions options) {
    if (PrivateDirectories.isPrivate(directory)) {
      PrivateDirectories.prepare();
    }
    ServerThread started = new ServerThread(address, directory, ShmServer.open(directory, options));
    started.thread.start();
    try {
      started.gateways = Gateways.open(address, options);
    } catch (RuntimeException | Error e) {
      started.close();
      throw e;
    }
    return started;
  }

  @Override
  public String address() {
    return address.toString();
  }

  @Override
  public List<String> addresses() {
    return Stream.concat(Stream.of(address()), gateways.addresses().stream()).toList();
  }

  @Override
  public long pid() {
    return ProcessHandle.current().pid();
  }

  @Override
  public boolean isAlive() {
    return thread.isAlive();
  }

  /** Waits until the server has stopped by itself. */
  void join() throws InterruptedException {
    thread.join();
  }

  @Override
  public void close() {
    if (gateways != null) {
      gateways.close();
    }
    server.stop();
    if (!Uninterruptibly.join(thread, STOP_TIMEOUT_MS)) {
      throw new ZProcException(
          "the server of " + address + " did not stop within " + STOP_TIMEOUT_MS + " ms");
    }
    PrivateDirectories.remove(directory);
  }
}
