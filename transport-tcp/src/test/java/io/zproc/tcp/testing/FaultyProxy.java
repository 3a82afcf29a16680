package io.zproc.tcp.testing;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between clients and a gateway and does to their frames what a bad network or an attacker
 * can: loses, repeats, swaps, shortens and changes them, holds them up, cuts connections, and
 * changes single bytes of whatever goes by, the framing of ZeroMQ included. All by one seed.
 */
public final class FaultyProxy implements AutoCloseable {
  private static final int GREETING_LENGTH = 64;
  private static final int MAX_FRAME = 1 << 20;

  private final int targetPort;
  private final double faultRate;
  private final ServerSocket server;
  private final Random seeds;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicLong faults = new AtomicLong();
  private volatile boolean closed;
  private volatile boolean isFaulty = true;
  private volatile int delayMs;

  /**
   * Listens at a port of its own.
   *
   * @param faultRate how many of the frames meet with something, 0 to 1
   */
  public FaultyProxy(int targetPort, long seed, double faultRate) {
    this.targetPort = targetPort;
    this.faultRate = faultRate;
    seeds = new Random(seed);
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

  /** How many frames have met with something. */
  public long faults() {
    return faults.get();
  }

  /** From now on it is a good network. */
  public void heal() {
    isFaulty = false;
  }

  /** From now on each frame takes that long, one after the other. */
  public void slowDown(int ms) {
    delayMs = ms;
  }

  /** Ends all connections that there are. */
  public void cutAll() {
    sockets.forEach(FaultyProxy::close);
  }

  private void start(Runnable task) {
    Thread thread = new Thread(task, "zproc-test-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!closed) {
      try {
        Socket client = server.accept();
        sockets.add(client);
        Socket target = new Socket();
        sockets.add(target);
        long seed = seeds.nextLong();
        start(() -> connect(client, target, seed));
      } catch (IOException e) {
        continue;
      }
    }
  }

  private void connect(Socket client, Socket target, long seed) {
    try {
      target.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort));
      client.setTcpNoDelay(true);
      target.setTcpNoDelay(true);
      start(() -> pump(client, target, new Random(seed)));
      pump(target, client, new Random(~seed));
    } catch (IOException e) {
      end(client, target);
    }
  }

  private void pump(Socket from, Socket to, Random random) {
    try {
      DataInputStream in = new DataInputStream(new BufferedInputStream(from.getInputStream()));
      OutputStream out = to.getOutputStream();
      out.write(in.readNBytes(GREETING_LENGTH));
      byte[] held = null;
      while (true) {
        byte[] frame = frame(in);
        sleep(delayMs);
        if (!isFaulty || random.nextDouble() >= faultRate) {
          out.write(frame);
        } else {
          faults.incrementAndGet();
          held = mistreat(frame, held, out, random);
        }
        if (held != null && random.nextInt(3) == 0) {
          out.write(held);
          held = null;
        }
      }
    } catch (IOException e) {
      end(from, to);
    }
  }

  /** Reads a frame of ZeroMQ, its header included. */
  private static byte[] frame(DataInputStream in) throws IOException {
    int flags = in.readUnsignedByte();
    boolean isLong = (flags & 2) != 0;
    long length = isLong ? in.readLong() : in.readUnsignedByte();
    if (length < 0 || length > MAX_FRAME) {
      throw new IOException("no frame");
    }
    ByteBuffer frame = ByteBuffer.allocate((isLong ? 9 : 2) + (int) length).put((byte) flags);
    frame = isLong ? frame.putLong(length) : frame.put((byte) length);
    return frame.put(in.readNBytes((int) length)).array();
  }

  /** Returns a frame to be sent later, or null. */
  private byte[] mistreat(byte[] frame, byte[] held, OutputStream out, Random random)
      throws IOException {
    int header = (frame[0] & 2) != 0 ? 9 : 2;
    switch (random.nextInt(8)) {
      case 0:
        return held;
      case 1:
        out.write(frame);
        out.write(frame);
        return held;
      case 2:
        return frame;
      case 3:
        out.write(shortened(frame, header, random));
        return held;
      case 4:
        out.write(changed(frame, Math.min(header, frame.length - 1), random));
        return held;
      case 5:
        out.write(changed(frame, 0, random));
        return held;
      case 6:
        sleep(random.nextInt(30));
        out.write(frame);
        return held;
      default:
        out.write(frame, 0, random.nextInt(frame.length));
        throw new IOException("cut");
    }
  }

  private static byte[] changed(byte[] frame, int from, Random random) {
    byte[] changed = frame.clone();
    changed[from + random.nextInt(frame.length - from)] ^= (byte) (1 << random.nextInt(8));
    return changed;
  }

  private static byte[] shortened(byte[] frame, int header, Random random) {
    int length = frame.length == header ? 0 : random.nextInt(frame.length - header);
    ByteBuffer out = ByteBuffer.allocate(header + length).put(frame[0]);
    out = header == 9 ? out.putLong(length) : out.put((byte) length);
    return out.put(frame, header, length).array();
  }

  private static void sleep(int ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void end(Socket one, Socket other) {
    close(one);
    close(other);
    sockets.remove(one);
    sockets.remove(other);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      return;
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cutAll();
  }
}
