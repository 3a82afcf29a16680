package io.zproc.benchmarks.floor;

import io.zproc.benchmarks.process.Ending;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code SET} of a Redis of our own over a unix socket, without its disk. */
public final class RedisSet implements PingPong {
  private static final long START_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);

  /** Redis does not end with its parent by itself. */
  private static final String UNTIL_END_OF_INPUT = "\"$@\" & cat >/dev/null; kill -9 $!; wait";

  private static final byte[] SET =
      "*3\r\n$3\r\nSET\r\n$5\r\nkey-1\r\n$8\r\n12345678\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ByteBuffer buffer = ByteBuffer.allocateDirect(128);
  private final Process process;
  private final SocketChannel channel;

  private RedisSet(Process process, SocketChannel channel) {
    this.process = process;
    this.channel = channel;
  }

  /** The redis-server on the PATH, if there is one. */
  public static Optional<Path> executable() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry, "redis-server"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  public static RedisSet start(Path executable, Path socket)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                UNTIL_END_OF_INPUT,
                "redis",
                executable.toString(),
                "--port",
                "0",
                "--unixsocket",
                socket.toString(),
                "--save",
                "",
                "--appendonly",
                "no",
                "--dir",
                socket.getParent().toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return new RedisSet(process, connect(process, socket));
    } catch (IOException e) {
      Ending.of(process);
      throw e;
    }
  }

  private static SocketChannel connect(Process process, Path socket)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_TIMEOUT_NS;
    for (; ; ) {
      try {
        return SocketChannel.open(UnixDomainSocketAddress.of(socket));
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() - deadline > 0) {
          throw e;
        }
        Thread.sleep(10);
      }
    }
  }

  @Override
  public String name() {
    return "Redis SET, unix socket";
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public void trip(int times) throws IOException {
    for (int i = 0; i < times; i++) {
      buffer.clear().put(SET).flip();
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      readLine();
    }
  }

  private void readLine() throws IOException {
    buffer.clear();
    do {
      if (channel.read(buffer) < 0) {
        throw new EOFException("Redis has closed the connection");
      }
    } while (buffer.get(buffer.position() - 1) != '\n');
    if (buffer.get(0) != '+') {
      throw new IOException("Redis refused to SET");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Ending.of(process);
  }
}
