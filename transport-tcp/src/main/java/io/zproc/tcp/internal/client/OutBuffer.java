package io.zproc.tcp.internal.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Frames on their way to the network. The thread that has the socket keeps frames here and writes
 * many of them with one system call; what it leaves, because it has gone to do something else, is
 * written by the {@link Flusher} soon. All under one lock, which nobody holds while waiting.
 */
final class OutBuffer {
  /** With so many bytes, writing costs much more than the system call. */
  private static final int ENOUGH = 16 << 10;

  /** How long frames are gathered by a thread that goes on sending. */
  private static final long GATHER_NS = 50_000;

  private static final int INITIAL_CAPACITY = 4096;

  private final SocketChannel channel;

  /** What was kept, from 0 on. */
  private ByteBuffer bytes = ByteBuffer.allocate(INITIAL_CAPACITY);

  /** Since when there is something that was kept, 0 for nothing. */
  private long keptSinceNs;

  /** Whether the flusher will look, and whether anything was kept since it did. */
  private boolean isWatched;

  private boolean isUsed;

  OutBuffer(SocketChannel channel) {
    this.channel = channel;
  }

  synchronized void addFrame(byte[] frame) {
    ensure(Zmtp.MAX_HEADER_LENGTH + frame.length);
    Zmtp.putHeader(bytes, frame.length);
    bytes.put(frame);
  }

  synchronized void addBytes(byte[] more) {
    ensure(more.length);
    bytes.put(more);
  }

  private void ensure(int more) {
    if (more > bytes.remaining()) {
      int needed = bytes.position() + more;
      bytes = ByteBuffer.allocate(Math.max(needed, 2 * bytes.capacity())).put(bytes.flip());
    }
  }

  /**
   * Has what is here written soon, by somebody else if need be; returns false if it is time now.
   */
  synchronized boolean defer() {
    long now = System.nanoTime();
    if (keptSinceNs == 0) {
      keptSinceNs = now;
    }
    if (bytes.position() >= ENOUGH || now - keptSinceNs > GATHER_NS) {
      return false;
    }
    isUsed = true;
    if (!isWatched) {
      isWatched = true;
      Flusher.soon(this::writeLeft);
    }
    return true;
  }

  synchronized boolean isEmpty() {
    return bytes.position() == 0;
  }

  /** Writes what the network takes; returns whether that was all. */
  synchronized boolean write() throws IOException {
    channel.write(bytes.flip());
    bytes.compact();
    keptSinceNs = 0;
    return bytes.position() == 0;
  }

  /** Looks again as long as it is used, so that whoever keeps something need not wake anybody. */
  private synchronized void writeLeft() {
    boolean isLeft = bytes.position() > 0;
    isWatched = isLeft || isUsed;
    isUsed = false;
    try {
      if (isLeft) {
        write();
      }
    } catch (IOException e) {
      // Whoever has the socket finds that out, too, when it next reads or writes.
      bytes.clear();
    }
    if (isWatched) {
      Flusher.soon(this::writeLeft);
    }
  }
}
