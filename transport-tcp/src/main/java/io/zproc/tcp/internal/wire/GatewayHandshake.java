package io.zproc.tcp.internal.wire;

import io.zproc.codec.ByteReader;
import java.security.InvalidKeyException;
import java.security.SecureRandom;

/**
 * The gateway's side of one handshake.
 *
 * @param refusal why there is none, a {@link Refusal}; 0 if it has succeeded
 * @param welcome the answer to the client; null if it is refused
 * @param seals null if the client is refused
 */
public record GatewayHandshake(int refusal, byte[] welcome, Seals seals) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] NO_PAYLOAD = {};

  /**
   * Answers a {@link FrameType#HELLO}.
   *
   * @param hello all behind the type
   * @return null if that was no HELLO
   * @throws io.zproc.codec.MalformedValueException if it is cut short
   */
  public static GatewayHandshake of(Security security, ByteReader hello) {
    if (hello.readInt() != Wire.MAGIC) {
      return null;
    }
    if (hello.readShort() != Wire.VERSION) {
      return refused(Refusal.VERSION);
    }
    byte mode = hello.readByte();
    int refusal = security.refusal(mode);
    if (refusal != 0) {
      return refused(refusal);
    }
    switch (mode) {
      case Wire.MODE_CLEAR:
      case Wire.MODE_SIGNED:
        return hello.remaining() == Wire.NONCE_LENGTH
            ? signed(security, mode, hello.readBytes(Wire.NONCE_LENGTH))
            : null;
      case Wire.MODE_ENCRYPTED:
        return hello.remaining() == NoiseHandshake.MESSAGE_LENGTH
            ? encrypted(security, hello.readBytes(NoiseHandshake.MESSAGE_LENGTH))
            : null;
      default:
        return null;
    }
  }

  private static GatewayHandshake refused(int refusal) {
    return new GatewayHandshake(refusal, null, null);
  }

  private static GatewayHandshake signed(Security security, byte mode, byte[] clientNonce) {
    byte[] nonce = new byte[Wire.NONCE_LENGTH];
    RANDOM.nextBytes(nonce);
    SessionKeys keys = SessionKeys.signing(security.secretKey(), clientNonce, nonce);
    Seals seals = Seals.signed(keys.toClient(), keys.toGateway());
    return new GatewayHandshake(0, Wire.welcome(mode, nonce), seals);
  }

  /** Makes a key pair, which takes a while, for those only who have the secret. */
  private static GatewayHandshake encrypted(Security security, byte[] first) {
    NoiseHandshake noise = new NoiseHandshake(Security.prologue(), security.presharedKey());
    if (noise.readFirst(first) == null) {
      return refused(Refusal.WRONG_KEY);
    }
    byte[] second;
    try {
      second = noise.writeSecond(X25519.generate(), first, NO_PAYLOAD);
    } catch (InvalidKeyException e) {
      return null;
    }
    SessionKeys keys = noise.split();
    Seals seals = Seals.encrypted(keys.toClient(), keys.toGateway());
    keys.wipe();
    return new GatewayHandshake(0, Wire.welcome(Wire.MODE_ENCRYPTED, second), seals);
  }
}
