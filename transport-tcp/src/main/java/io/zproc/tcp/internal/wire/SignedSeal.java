package io.zproc.tcp.internal.wire;

import io.zproc.codec.ByteWriter;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;

/**
 * Numbers frames and, with a key, signs them; whoever is on the way can read them.
 *
 * <pre>
 *   type (1) | counter (8) | content | first 16 bytes of HMAC-SHA256 of all before
 * </pre>
 */
final class SignedSeal implements FrameSeal {
  static final int HEADER_LENGTH = 1 + Long.BYTES;
  static final int SIGNATURE_LENGTH = 16;
  private static final int HASH_LENGTH = 32;

  private final ByteWriter frame = new ByteWriter();
  private final Mac mac;
  private long counter;

  /**
   * @param key null to sign nothing
   */
  SignedSeal(byte[] key) {
    mac = key == null ? null : HmacSha256.of(key);
  }

  @Override
  public ByteWriter begin(byte type) {
    return frame.clear().writeByte(type).writeLong(++counter);
  }

  @Override
  public byte[] seal() {
    int length = frame.position();
    if (mac == null) {
      return frame.toByteArray();
    }
    frame.ensure(HASH_LENGTH);
    mac.update(frame.array(), 0, length);
    try {
      mac.doFinal(frame.array(), length);
    } catch (ShortBufferException e) {
      throw new IllegalStateException(e);
    }
    return frame.position(length + SIGNATURE_LENGTH).toByteArray();
  }

  @Override
  public boolean isSpent() {
    return false;
  }
}
