package io.zproc.benchmarks.floor;

import io.zproc.benchmarks.process.Child;
import io.zproc.benchmarks.process.Role;
import java.io.IOException;
import java.net.ServerSocket;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** Messages of 64 bytes over tcp, from a jeromq DEALER to a ROUTER that sends them back. */
public final class ZmqPingPong implements PingPong {
  private static final int MESSAGE = 64;

  private final byte[] message = new byte[MESSAGE];
  private final ZMQ.Context context = ZMQ.context(1);
  private final ZMQ.Socket socket = context.socket(SocketType.DEALER);
  private final String address;
  private final Child echo;

  private ZmqPingPong(String address, Child echo) {
    this.address = address;
    this.echo = echo;
  }

  public static ZmqPingPong start() throws IOException {
    String address = "tcp://127.0.0.1:" + freePort();
    ZmqPingPong started = new ZmqPingPong(address, Child.start(Echo.class, address).awaitReady());
    started.socket.connect(address);
    return started;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public String name() {
    return "jeromq DEALER/ROUTER, 64 bytes";
  }

  /** Where the other end listens. */
  String address() {
    return address;
  }

  @Override
  public long pid() {
    return echo.pid();
  }

  @Override
  public void trip(int times) {
    for (int i = 0; i < times; i++) {
      socket.send(message);
      socket.recv();
    }
  }

  @Override
  public void close() throws IOException {
    echo.close();
    socket.setLinger(0);
    socket.close();
    context.term();
  }

  /** The other end. */
  public static final class Echo implements Role {

    @Override
    public void run(String[] arguments, Runnable ready) {
      ZMQ.Socket socket = ZMQ.context(1).socket(SocketType.ROUTER);
      socket.setHWM(0);
      socket.bind(arguments[0]);
      ready.run();
      while (!Thread.currentThread().isInterrupted()) {
        byte[] identity = socket.recv();
        byte[] message = socket.recv();
        socket.sendMore(identity);
        socket.send(message);
      }
    }
  }
}
