package io.zproc.tcp;

import io.zproc.Server;
import java.util.List;

/** A private server of this host that is known by its tcp address. Thread-safe. */
final class TcpServer implements Server {
  private final Server server;

  TcpServer(Server server) {
    this.server = server;
  }

  @Override
  public String address() {
    return addresses().get(0);
  }

  @Override
  public List<String> addresses() {
    List<String> all = server.addresses();
    return all.subList(1, all.size());
  }

  @Override
  public long pid() {
    return server.pid();
  }

  @Override
  public boolean isAlive() {
    return server.isAlive();
  }

  @Override
  public void close() {
    server.close();
  }
}
