package io.zproc.tcp.internal.wire;

import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.util.Arrays;

/**
 * One side of {@code Noise_NNpsk0_25519_AESGCM_SHA256}: both sides have a secret of 32 bytes, and
 * make a pair of keys for this connection alone, so who learns the secret later can not read what
 * was recorded before.
 *
 * <pre>
 *   -&gt; psk, e
 *   &lt;- e, ee
 * </pre>
 *
 * Each message is the public key of its sender and a payload, which is encrypted. Not thread-safe.
 */
final class NoiseHandshake {
  static final int MESSAGE_LENGTH = X25519.KEY_LENGTH + AesGcm.TAG_LENGTH;
  private static final String PROTOCOL = "Noise_NNpsk0_25519_AESGCM_SHA256";

  private final NoiseState state;
  private X25519 own;

  /**
   * @param prologue what was said before; the handshake fails unless both sides have the same
   * @param psk the secret that both have, 32 bytes
   */
  NoiseHandshake(byte[] prologue, byte[] psk) {
    state = new NoiseState(PROTOCOL, prologue);
    state.mixKeyAndHash(psk);
  }

  /**
   * The first message.
   *
   * @param pair used this once
   */
  byte[] writeFirst(X25519 pair, byte[] payload) {
    own = pair;
    mixPublicKey(own.publicKey());
    return message(payload);
  }

  /**
   * Takes the first message.
   *
   * @return its payload; null if its sender does not have the secret
   */
  byte[] readFirst(byte[] message) {
    mixPublicKey(publicKey(message));
    return state.decryptAndHash(encrypted(message));
  }

  /**
   * The second message.
   *
   * @param pair used this once
   * @param first the one that it answers
   * @throws InvalidKeyException for a public key in it that makes a secret that everybody knows
   */
  byte[] writeSecond(X25519 pair, byte[] first, byte[] payload) throws InvalidKeyException {
    own = pair;
    mixPublicKey(own.publicKey());
    mixAgreement(publicKey(first));
    return message(payload);
  }

  /**
   * Takes the second message.
   *
   * @return its payload; null if its sender does not have the secret, or has heard something else
   * @throws InvalidKeyException as {@link #writeSecond}
   */
  byte[] readSecond(byte[] message) throws InvalidKeyException {
    mixPublicKey(publicKey(message));
    mixAgreement(publicKey(message));
    return state.decryptAndHash(encrypted(message));
  }

  private void mixPublicKey(byte[] key) {
    state.mixHash(key);
    state.mixKey(key);
  }

  private void mixAgreement(byte[] otherKey) throws InvalidKeyException {
    byte[] secret = own.agree(otherKey);
    state.mixKey(secret);
    Arrays.fill(secret, (byte) 0);
  }

  private byte[] message(byte[] payload) {
    return ByteBuffer.allocate(MESSAGE_LENGTH + payload.length)
        .put(own.publicKey())
        .put(state.encryptAndHash(payload))
        .array();
  }

  private static byte[] publicKey(byte[] message) {
    return Arrays.copyOf(message, X25519.KEY_LENGTH);
  }

  private static byte[] encrypted(byte[] message) {
    return Arrays.copyOfRange(message, X25519.KEY_LENGTH, message.length);
  }

  /** The keys of the connection: {@code toGateway} of who began. */
  SessionKeys split() {
    return state.split();
  }
}
