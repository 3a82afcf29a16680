package io.zproc.tcp.internal.wire;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM as Noise uses it: the nonce is four bytes of zeros and a number of eight, which must
 * never be used again with the same key. Not thread-safe.
 */
final class AesGcm {
  static final int KEY_LENGTH = 32;
  static final int TAG_LENGTH = 16;
  private static final int FORGED = -1;

  private final SecretKeySpec key;
  private final Cipher cipher;

  AesGcm(byte[] key) {
    try {
      this.key = new SecretKeySpec(key, "AES");
      cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no AES-GCM", e);
    }
  }

  /**
   * Writes what is encrypted, and behind it the tag, which also stands for {@code associated}, to
   * {@code to}.
   */
  void seal(
      long nonce, byte[] associated, byte[] from, int offset, int length, byte[] to, int toOffset) {
    try {
      init(Cipher.ENCRYPT_MODE, nonce, associated);
      cipher.doFinal(from, offset, length, to, toOffset);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Writes what was encrypted to the beginning of {@code to}.
   *
   * @param length of all, the tag included
   * @return its length; negative, and nothing is written, if anybody has changed it
   */
  int open(long nonce, byte[] associated, byte[] from, int offset, int length, byte[] to) {
    if (length < TAG_LENGTH) {
      return FORGED;
    }
    try {
      init(Cipher.DECRYPT_MODE, nonce, associated);
      return cipher.doFinal(from, offset, length, to, 0);
    } catch (AEADBadTagException e) {
      return FORGED;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void init(int mode, long nonce, byte[] associated) throws GeneralSecurityException {
    byte[] whole = ByteBuffer.allocate(Integer.BYTES + Long.BYTES).putLong(4, nonce).array();
    cipher.init(mode, key, new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, whole));
    cipher.updateAAD(associated);
  }
}
