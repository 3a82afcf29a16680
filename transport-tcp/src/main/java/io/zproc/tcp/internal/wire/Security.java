package io.zproc.tcp.internal.wire;

import java.nio.charset.StandardCharsets;

/**
 * What a client does, and what a gateway asks for at least. Immutable.
 *
 * @param secretKey null for none
 * @param encrypts only with a secret key
 */
public record Security(String secretKey, boolean encrypts) {
  private static final byte[] PSK_INFO = "zproc tcp 1 psk".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NO_SALT = {};

  public Security {
    if (encrypts && secretKey == null) {
      throw new IllegalArgumentException("nothing can be encrypted without a secret key");
    }
  }

  /** What a client asks for in {@link FrameType#HELLO}. */
  byte mode() {
    if (secretKey == null) {
      return Wire.MODE_CLEAR;
    }
    return encrypts ? Wire.MODE_ENCRYPTED : Wire.MODE_SIGNED;
  }

  /** Why a gateway does not speak to those who ask for a mode: a {@link Refusal}, or 0. */
  int refusal(byte mode) {
    if (secretKey == null) {
      return mode == Wire.MODE_CLEAR ? 0 : Refusal.HAS_NO_KEY;
    }
    if (mode == Wire.MODE_CLEAR) {
      return Refusal.NEEDS_KEY;
    }
    return encrypts && mode == Wire.MODE_SIGNED ? Refusal.NEEDS_ENCRYPTION : 0;
  }

  /** The secret of the {@link NoiseHandshake}, which both sides make of the secret key. */
  byte[] presharedKey() {
    byte[] secret = secretKey.getBytes(StandardCharsets.UTF_8);
    return Hkdf.derive(NO_SALT, secret, PSK_INFO, AesGcm.KEY_LENGTH);
  }

  /** The prologue of the {@link NoiseHandshake}: what HELLO says in the clear. */
  static byte[] prologue() {
    return Wire.helloHeader(Wire.MODE_ENCRYPTED).toByteArray();
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "mode " + mode();
  }
}
