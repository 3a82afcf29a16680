package io.zproc.tcp.internal.client;

import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.tcp.internal.wire.Wire;

/**
 * Puts the slices of a session's replies together, one reply after the other, and knows when the
 * gateway has to be asked for more of a long one. Not thread-safe.
 */
final class Download {
  private ByteWriter bytes = new ByteWriter();
  private int askedUpTo;

  /**
   * Takes a slice; one that does not follow the slice before is passed over.
   *
   * @param length of the whole reply
   * @return the reply when it is whole, else null
   */
  byte[] add(int length, int offset, ByteReader slice) {
    if (offset != bytes.position()) {
      return null;
    }
    bytes.writeBytes(slice.array(), slice.position(), slice.remaining());
    if (bytes.position() < length) {
      return null;
    }
    byte[] whole = bytes.toByteArray();
    clear();
    return whole;
  }

  /** How much of the next reply is there. */
  int there() {
    return bytes.position();
  }

  /** Whether it is time to ask for more; then that counts as done. */
  boolean wantsMore() {
    boolean wants = bytes.position() - askedUpTo >= Wire.REPLY_WINDOW / 2;
    if (wants) {
      askedUpTo = bytes.position();
    }
    return wants;
  }

  /** Forgets what is there of a reply. */
  void clear() {
    bytes = bytes.position() > Wire.REPLY_WINDOW ? new ByteWriter() : bytes.clear();
    askedUpTo = 0;
  }
}
