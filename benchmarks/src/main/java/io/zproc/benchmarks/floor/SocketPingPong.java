package io.zproc.benchmarks.floor;

import io.zproc.benchmarks.process.Child;
import io.zproc.benchmarks.process.Role;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Messages of 64 bytes over a unix domain socket, both sides blocking in {@code read(2)}. */
public final class SocketPingPong implements PingPong {
  private static final int MESSAGE = 64;

  private final ByteBuffer buffer = ByteBuffer.allocateDirect(MESSAGE);
  private final SocketChannel channel;
  private final Child echo;

  private SocketPingPong(SocketChannel channel, Child echo) {
    this.channel = channel;
    this.echo = echo;
  }

  public static SocketPingPong start(Path file) throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(file));
      Child echo = Child.start(Echo.class, file.toString()).awaitReady();
      return new SocketPingPong(server.accept(), echo);
    }
  }

  @Override
  public String name() {
    return "unix socket, 64 bytes";
  }

  @Override
  public long pid() {
    return echo.pid();
  }

  @Override
  public void trip(int times) throws IOException {
    for (int i = 0; i < times; i++) {
      write(channel, buffer.clear());
      read(channel, buffer.clear());
    }
  }

  private static void write(SocketChannel to, ByteBuffer from) throws IOException {
    while (from.hasRemaining()) {
      to.write(from);
    }
  }

  private static void read(SocketChannel from, ByteBuffer into) throws IOException {
    while (into.hasRemaining()) {
      if (from.read(into) < 0) {
        throw new EOFException("the other end has closed the socket");
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    echo.close();
  }

  /** The other end. */
  public static final class Echo implements Role {

    @Override
    public void run(String[] arguments, Runnable ready) throws IOException {
      ByteBuffer buffer = ByteBuffer.allocateDirect(MESSAGE);
      try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(arguments[0]))) {
        ready.run();
        for (; ; ) {
          read(channel, buffer.clear());
          write(channel, buffer.flip());
        }
      } catch (EOFException e) {
        // The parent is done.
      }
    }
  }
}
