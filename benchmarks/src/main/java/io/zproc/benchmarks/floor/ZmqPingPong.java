package io.zproc.benchmarks.floor;

import io.zproc.benchmarks.process.Child;
import io.zproc.benchmarks.process.Role;
import io.zproc.benchmarks.race.Contestant;
import io.zproc.benchmarks.race.Kind;
import java.io.IOException;
import java.net.ServerSocket;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** Messages of 64 bytes over tcp, from a jeromq DEALER to a ROUTER that sends them back. */
public final class ZmqPingPong implements PingPong {
  private static final int MESSAGE = 64;
  private static final int UNDER_WAY = 1024;

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

  /** The same, without waiting for each. */
  public Contestant unawaited(int batch) {
    String name = "jeromq, " + UNDER_WAY + " under way";
    return Contestant.batched(name, Kind.PEER, batch, this::flood, pid());
  }

  private void flood(int times) {
    int back = 0;
    for (int sent = 0; sent < times; sent++) {
      for (; sent - back >= UNDER_WAY; back++) {
        socket.recv();
      }
      socket.send(message);
      while (socket.recv(ZMQ.DONTWAIT) != null) {
        back++;
      }
    }
    for (; back < times; back++) {
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
