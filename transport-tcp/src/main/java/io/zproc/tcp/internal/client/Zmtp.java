package io.zproc.tcp.internal.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What ZMTP 3.0, the wire protocol of ZeroMQ, begins with: a greeting without security, and a
 * command that says what kind of socket this is.
 */
final class Zmtp {
  static final int GREETING_LENGTH = 64;
  static final int MAX_HEADER_LENGTH = 1 + Long.BYTES;

  /** Flags of a frame. */
  static final int MORE = 1;

  static final int LONG = 2;
  static final int COMMAND = 4;

  private static final int MAX_SHORT = 255;
  private static final int MECHANISM_LENGTH = 20;

  private Zmtp() {}

  static byte[] greetingAndReady() {
    byte[] ready = ready();
    ByteBuffer out = ByteBuffer.allocate(GREETING_LENGTH + 2 + ready.length);
    out.put((byte) 0xff).putLong(0).put((byte) 0x7f).put((byte) 3).put((byte) 0);
    out.put(ascii("NULL")).position(2 + 8 + 2 + MECHANISM_LENGTH);
    out.position(GREETING_LENGTH);
    return out.put((byte) COMMAND).put((byte) ready.length).put(ready).array();
  }

  private static byte[] ready() {
    ByteBuffer out = ByteBuffer.allocate(64);
    name(out, "READY");
    name(out, "Socket-Type").putInt(6).put(ascii("DEALER"));
    name(out, "Identity").putInt(0);
    byte[] body = new byte[out.flip().remaining()];
    out.get(body);
    return body;
  }

  private static ByteBuffer name(ByteBuffer out, String name) {
    return out.put((byte) name.length()).put(ascii(name));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Writes what is before a message of one frame. */
  static void putHeader(ByteBuffer out, int length) {
    if (length > MAX_SHORT) {
      out.put((byte) LONG).putLong(length);
    } else {
      out.put((byte) 0).put((byte) length);
    }
  }
}
