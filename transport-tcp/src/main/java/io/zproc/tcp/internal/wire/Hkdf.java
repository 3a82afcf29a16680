package io.zproc.tcp.internal.wire;

import java.util.Arrays;
import javax.crypto.Mac;

/** HKDF with SHA-256, RFC 5869: makes keys of a secret. Stateless. */
final class Hkdf {
  private static final int HASH_LENGTH = 32;

  private Hkdf() {}

  /**
   * @param salt need not be secret, should differ each time
   * @param secret what the keys are made of
   * @param info tells keys of one secret for different uses apart
   * @param length in bytes, up to 255 × 32
   */
  static byte[] derive(byte[] salt, byte[] secret, byte[] info, int length) {
    if (length > 255 * HASH_LENGTH) {
      throw new IllegalArgumentException("length=" + length + " exceeds " + 255 * HASH_LENGTH);
    }
    byte[] pseudorandom =
        HmacSha256.of(salt.length == 0 ? new byte[HASH_LENGTH] : salt).doFinal(secret);
    return expand(HmacSha256.of(pseudorandom), info, length);
  }

  private static byte[] expand(Mac mac, byte[] info, int length) {
    byte[] keys = new byte[length];
    byte[] block = {};
    for (int done = 0, n = 1; done < length; done += block.length, n++) {
      mac.update(block);
      mac.update(info);
      mac.update((byte) n);
      block = mac.doFinal();
      System.arraycopy(block, 0, keys, done, Math.min(block.length, length - done));
    }
    Arrays.fill(block, (byte) 0);
    return keys;
  }
}
