package io.zproc.tcp.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Stands between clients and a gateway, notes down all that goes by in both directions, and may put
 * other frames in place of those that it sees.
 */
public final class Wiretap implements AutoCloseable {
  private static final int GREETING_LENGTH = 64;

  private final int targetPort;
  private final UnaryOperator<byte[]> change;
  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ByteArrayOutputStream recording = new ByteArrayOutputStream();

  /**
   * Listens at a port of its own.
   *
   * @param change gives what goes on in place of a frame of ZeroMQ, without its header; any thread
   */
  public Wiretap(int targetPort, UnaryOperator<byte[]> change) {
    this.targetPort = targetPort;
    this.change = change;
    try {
      server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  public String address() {
    return "tcp://127.0.0.1:" + server.getLocalPort();
  }

  /** How many bytes have gone by. */
  public int recorded() {
    synchronized (recording) {
      return recording.size();
    }
  }

  /** Whether those bytes have gone by one after the other. */
  public boolean hasSeen(byte[] bytes) {
    synchronized (recording) {
      return text(recording.toByteArray()).contains(text(bytes));
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private void start(Runnable task) {
    Thread thread = new Thread(task, "zproc-test-wiretap");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Socket target = new Socket(InetAddress.getLoopbackAddress(), targetPort);
        sockets.add(client);
        sockets.add(target);
        client.setTcpNoDelay(true);
        target.setTcpNoDelay(true);
        start(() -> pump(client, target));
        start(() -> pump(target, client));
      } catch (IOException e) {
        continue;
      }
    }
  }

  private void pump(Socket from, Socket to) {
    try (from;
        to) {
      DataInputStream in = new DataInputStream(from.getInputStream());
      OutputStream out = to.getOutputStream();
      byte[] greeting = in.readNBytes(GREETING_LENGTH);
      record(greeting);
      out.write(greeting);
      while (true) {
        int flags = in.readUnsignedByte();
        long length = (flags & 2) != 0 ? in.readLong() : in.readUnsignedByte();
        byte[] frame = in.readNBytes((int) length);
        record(frame);
        boolean isMessage = (flags & 4) == 0;
        write(out, flags, isMessage ? change.apply(frame) : frame);
      }
    } catch (IOException e) {
      // One side has ended, and with it the other.
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  /** All frames one after the other: what is in one is never torn by the header of another. */
  private void record(byte[] bytes) {
    synchronized (recording) {
      recording.writeBytes(bytes);
    }
  }

  private static void write(OutputStream out, int flags, byte[] frame) throws IOException {
    boolean isLong = frame.length > 255;
    ByteBuffer whole = ByteBuffer.allocate(9 + frame.length);
    whole.put((byte) (flags & ~2 | (isLong ? 2 : 0)));
    whole = isLong ? whole.putLong(frame.length) : whole.put((byte) frame.length);
    out.write(whole.put(frame).array(), 0, whole.position());
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
