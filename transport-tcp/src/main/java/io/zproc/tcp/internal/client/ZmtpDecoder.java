package io.zproc.tcp.internal.client;

import io.zproc.tcp.internal.wire.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Takes ZMTP apart: first the other side's greeting and its READY, then messages. Commands behind
 * that, and messages of several frames, mean nothing to us and are passed over. Not thread-safe.
 */
final class ZmtpDecoder {
  private static final int MECHANISM_OFFSET = 12;
  private static final int SIGNATURE_LAST = 9;
  private static final int SIZE = 2 * Wire.MAX_FRAME;

  /** Written from 0 on; what was taken is moved out when room is needed. */
  private final ByteBuffer buffer = ByteBuffer.allocate(SIZE);

  private int taken;
  private boolean greeted;
  private boolean ready;
  private boolean inParts;

  /** Whether the other side has introduced itself, and messages may be sent. */
  boolean isReady() {
    return ready;
  }

  /** Where bytes from the network go, to be followed by {@link #filled}. */
  ByteBuffer room() {
    if (taken == buffer.position()) {
      buffer.clear();
      taken = 0;
    } else if (buffer.remaining() < Wire.MAX_FRAME) {
      buffer.flip().position(taken);
      buffer.compact();
      taken = 0;
    }
    return buffer;
  }

  /**
   * Looks at what has come as long as the other side is introducing itself.
   *
   * @throws IOException when it is not ZeroMQ, or wants security
   */
  void filled() throws IOException {
    if (!greeted && buffer.position() - taken >= Zmtp.GREETING_LENGTH) {
      boolean valid =
          buffer.get(taken) == (byte) 0xff
              && (buffer.get(taken + SIGNATURE_LAST) & 1) == 1
              && buffer.get(taken + SIGNATURE_LAST + 1) >= 3
              && buffer.get(taken + MECHANISM_OFFSET) == 'N';
      if (!valid) {
        throw new IOException("the other side does not speak ZMTP 3 without security");
      }
      taken += Zmtp.GREETING_LENGTH;
      greeted = true;
    }
    if (greeted && !ready) {
      int flags = frame();
      if (flags >= 0) {
        if ((flags & Zmtp.COMMAND) == 0) {
          throw new IOException("the other side sends a message before READY");
        }
        taken = end;
        ready = true;
      }
    }
  }

  private int start;
  private int end;

  /** Finds the next frame, from start to end; returns its flags, or −1 if it is not whole yet. */
  private int frame() throws IOException {
    int there = buffer.position() - taken;
    if (there < 2) {
      return -1;
    }
    int flags = buffer.get(taken);
    boolean isLong = (flags & Zmtp.LONG) != 0;
    int header = isLong ? Zmtp.MAX_HEADER_LENGTH : 2;
    if (there < header) {
      return -1;
    }
    long length = isLong ? buffer.getLong(taken + 1) : buffer.get(taken + 1) & 0xff;
    if (length < 0 || length > Wire.MAX_FRAME) {
      throw new IOException("a frame of " + length + " bytes");
    }
    start = taken + header;
    end = start + (int) length;
    return end <= buffer.position() ? flags : -1;
  }

  /** The next message, or null. */
  byte[] next() throws IOException {
    for (int flags = frame(); flags >= 0; flags = frame()) {
      taken = end;
      if ((flags & Zmtp.COMMAND) == 0) {
        boolean alone = !inParts && (flags & Zmtp.MORE) == 0;
        inParts = (flags & Zmtp.MORE) != 0;
        if (alone) {
          byte[] message = new byte[end - start];
          buffer.get(start, message);
          return message;
        }
      }
    }
    return null;
  }
}
