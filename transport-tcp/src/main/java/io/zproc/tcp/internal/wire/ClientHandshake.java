package io.zproc.tcp.internal.wire;

import io.zproc.codec.ByteReader;
import io.zproc.codec.MalformedValueException;
import java.security.InvalidKeyException;
import java.security.SecureRandom;

/**
 * The client's side of one handshake: {@link FrameType#HELLO}, {@link FrameType#WELCOME}. It
 * accepts no mode but the one that it has asked for. Not thread-safe.
 */
public final class ClientHandshake {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] NO_PAYLOAD = {};

  private final Security security;
  private final byte[] share;

  /** Null unless the connection is to be encrypted. */
  private NoiseHandshake noise;

  public ClientHandshake(Security security) {
    this.security = security;
    if (security.mode() == Wire.MODE_ENCRYPTED) {
      noise = new NoiseHandshake(Security.prologue(), security.presharedKey());
      share = noise.writeFirst(X25519.generate(), NO_PAYLOAD);
    } else {
      share = new byte[Wire.NONCE_LENGTH];
      RANDOM.nextBytes(share);
    }
  }

  /** What is to be sent first. */
  public byte[] hello() {
    return Wire.hello(security.mode(), share);
  }

  /**
   * Takes the answer.
   *
   * @return null for one that is not the gateway's with the same secret to this client; then the
   *     handshake has failed
   */
  public Seals welcomed(byte[] frame) {
    ByteReader welcome = new ByteReader(frame);
    try {
      if (welcome.readByte() != FrameType.WELCOME
          || welcome.readShort() != Wire.VERSION
          || welcome.readByte() != security.mode()
          || welcome.remaining() != share.length) {
        return null;
      }
    } catch (MalformedValueException e) {
      return null;
    }
    byte[] other = welcome.readBytes(share.length);
    if (noise != null) {
      return encrypted(other);
    }
    SessionKeys keys = SessionKeys.signing(security.secretKey(), share, other);
    return Seals.signed(keys.toGateway(), keys.toClient());
  }

  private Seals encrypted(byte[] other) {
    try {
      if (noise.readSecond(other) == null) {
        return null;
      }
    } catch (InvalidKeyException e) {
      return null;
    }
    SessionKeys keys = noise.split();
    Seals seals = Seals.encrypted(keys.toGateway(), keys.toClient());
    keys.wipe();
    return seals;
  }
}
