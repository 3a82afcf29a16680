package io.zproc.tcp.internal.gateway;

import io.zproc.ProtocolException;
import io.zproc.codec.ByteReader;
import io.zproc.internal.protocol.Limits;

/**
 * Puts the slices of a session's commands together. The gateway's thread only.
 *
 * <p>A long command gets its whole array when a part of it is there: growing step by step would
 * copy it again and again, and an array for whatever length is announced would cost nothing but the
 * announcement.
 */
final class Upload {
  private static final int FIRST = 1 << 20;

  private final LargeArrays arrays;
  private byte[] bytes;
  private int there;
  private long sequence;

  Upload(LargeArrays arrays) {
    this.arrays = arrays;
  }

  /**
   * Takes a slice.
   *
   * @param length of the whole command
   * @return the command when it is whole, in an array that may be longer, else null
   */
  byte[] add(long ofSequence, int length, int offset, ByteReader slice) {
    int count = slice.remaining();
    if (length < 1 || length > Limits.MAX_MESSAGE || offset < 0 || count > length - offset) {
      throw new ProtocolException("a command of " + length + " bytes");
    }
    if (offset == 0) {
      clear();
      sequence = ofSequence;
      bytes = arrays.take(count == length ? length : Math.min(length, FIRST));
    }
    if (bytes == null || sequence != ofSequence || offset != there) {
      throw new ProtocolException("a slice of command " + ofSequence + " that does not fit");
    }
    if (there + count > bytes.length) {
      grow(length);
    }
    System.arraycopy(slice.array(), slice.position(), bytes, there, count);
    there += count;
    return there == length ? take() : null;
  }

  private void grow(int length) {
    byte[] longer = arrays.take(length);
    System.arraycopy(bytes, 0, longer, 0, there);
    arrays.giveBack(bytes);
    bytes = longer;
  }

  private byte[] take() {
    byte[] whole = bytes;
    bytes = null;
    return whole;
  }

  void clear() {
    if (bytes != null) {
      arrays.giveBack(bytes);
      bytes = null;
    }
    there = 0;
  }
}
