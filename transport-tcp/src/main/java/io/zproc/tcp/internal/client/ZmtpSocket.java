package io.zproc.tcp.internal.client;

import io.zproc.WaitStrategy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * A DEALER of ZeroMQ with one connection and no thread: whoever waits for a frame reads it from the
 * network himself, which spares two of six changes of threads on the way there and back.
 *
 * <p>For one thread at a time, which need not always be the same if it is handed over safely;
 * {@link #wake} may be called from any. An interrupt ends a wait as {@link #wake} does, and is kept
 * for the caller to see; it does not close the channel, as it would otherwise.
 */
final class ZmtpSocket implements AutoCloseable {
  private static final long SPIN_NS = 40_000;
  private static final long MAX_WAIT_MS = 3_600_000;
  private static final int CORES_TO_SPIN = 4;
  private static final boolean HAS_CORES_TO_SPARE =
      Runtime.getRuntime().availableProcessors() >= CORES_TO_SPIN;

  private final WaitStrategy waitStrategy;
  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final ZmtpDecoder decoder = new ZmtpDecoder();
  private final OutBuffer out;
  private boolean ended;
  private boolean interrupted;

  ZmtpSocket(WaitStrategy waitStrategy) throws IOException {
    this.waitStrategy = waitStrategy;
    selector = Selector.open();
    channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    key = channel.register(selector, 0);
    out = new OutBuffer(channel);
  }

  /**
   * Connects and exchanges greetings.
   *
   * @return false at the deadline, or when woken
   * @throws IOException when there is nobody, or somebody else
   */
  boolean connect(InetSocketAddress address, long deadlineNs) throws IOException {
    try {
      interrupted = Thread.interrupted();
      channel.connect(address);
      while (!channel.finishConnect()) {
        if (!select(SelectionKey.OP_CONNECT, deadlineNs)) {
          return false;
        }
      }
      out.addBytes(Zmtp.greetingAndReady());
      writeAll(deadlineNs);
      while (!decoder.isReady()) {
        if (ended || !select(SelectionKey.OP_READ, deadlineNs)) {
          return false;
        }
        fill();
      }
      return true;
    } finally {
      keepInterrupt();
    }
  }

  /** Sends a frame; waits only when the network takes no more, and then until the deadline. */
  void send(byte[] frame, long deadlineNs) {
    out.addFrame(frame);
    flush(deadlineNs);
  }

  /**
   * Sends a frame together with others, that is when there are many, or it is soon time; waits only
   * when the network takes no more, and then until the deadline.
   */
  void gather(byte[] frame, long deadlineNs) {
    out.addFrame(frame);
    if (!out.defer()) {
      flush(deadlineNs);
    }
  }

  /** Writes what was gathered. */
  void flush(long deadlineNs) {
    try {
      interrupted = Thread.interrupted();
      writeAll(deadlineNs);
    } catch (IOException e) {
      ended = true;
    } finally {
      keepInterrupt();
    }
  }

  private void writeAll(long deadlineNs) throws IOException {
    while (!out.write()) {
      if (System.nanoTime() - deadlineNs >= 0) {
        throw new IOException("the other side takes nothing");
      }
      select(SelectionKey.OP_WRITE, deadlineNs);
    }
  }

  /** Whether the connection has ended. */
  boolean isEnded() {
    return ended;
  }

  /** The next frame if it is there, else null. While frames are gathered, only those that came. */
  byte[] poll() {
    try {
      interrupted = Thread.interrupted();
      return out.isEmpty() ? next() : decoder.next();
    } catch (IOException e) {
      ended = true;
      return null;
    } finally {
      keepInterrupt();
    }
  }

  /** The next frame; null at the deadline, when woken, or when the connection has ended. */
  byte[] receive(long deadlineNs) {
    if (!out.isEmpty()) {
      flush(deadlineNs);
    }
    try {
      interrupted = Thread.interrupted();
      byte[] frame = spin(deadlineNs);
      while (frame == null && !ended && select(SelectionKey.OP_READ, deadlineNs)) {
        frame = next();
      }
      return frame;
    } catch (IOException e) {
      ended = true;
      return null;
    } finally {
      keepInterrupt();
    }
  }

  private byte[] spin(long deadlineNs) {
    byte[] frame = next();
    long now = System.nanoTime();
    long end = now;
    if (waitStrategy == WaitStrategy.BUSY_SPIN) {
      end = deadlineNs;
    } else if (waitStrategy == WaitStrategy.SPIN_THEN_BLOCK && HAS_CORES_TO_SPARE) {
      end = deadlineNs - now < SPIN_NS ? deadlineNs : now + SPIN_NS;
    }
    while (frame == null && !ended && System.nanoTime() - end < 0) {
      Thread.onSpinWait();
      frame = next();
    }
    return frame;
  }

  /** A frame that has come. */
  private byte[] next() {
    try {
      byte[] frame = decoder.next();
      if (frame == null && !ended) {
        fill();
        frame = decoder.next();
      }
      return frame;
    } catch (IOException e) {
      ended = true;
      return null;
    }
  }

  private void fill() throws IOException {
    ended |= channel.read(decoder.room()) < 0;
    decoder.filled();
  }

  /** Returns false at the deadline, and when woken. */
  private boolean select(int operation, long deadlineNs) throws IOException {
    long left = deadlineNs - System.nanoTime();
    if (left <= 0) {
      return false;
    }
    if (key.interestOps() != operation) {
      key.interestOps(operation);
    }
    selector.select(Math.min(MAX_WAIT_MS, TimeUnit.NANOSECONDS.toMillis(left) + 1));
    interrupted |= Thread.interrupted();
    return !selector.selectedKeys().isEmpty() && selector.selectedKeys().remove(key);
  }

  private void keepInterrupt() {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets {@link #receive} return, now or when it next waits. */
  void wake() {
    selector.wakeup();
  }

  @Override
  public void close() {
    ended = true;
    try {
      channel.close();
      selector.close();
    } catch (IOException e) {
      // What matters is that nobody uses it any more.
      return;
    }
  }
}
