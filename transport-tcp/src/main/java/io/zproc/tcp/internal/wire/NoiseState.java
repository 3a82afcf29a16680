package io.zproc.tcp.internal.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * What a handshake of Noise has come to: a hash of all that was said, and keys made of all secrets
 * so far. Noise calls it SymmetricState (chapter 5.2 of its specification, revision 34). Not
 * thread-safe.
 */
final class NoiseState {
  private static final int HASH_LENGTH = 32;
  private static final byte[] NO_INFO = {};

  private byte[] chainingKey;
  private byte[] hash;
  private AesGcm cipher;
  private long nonce;

  /**
   * @param protocol its name, which has 32 characters
   * @param prologue what both sides must agree about besides
   */
  NoiseState(String protocol, byte[] prologue) {
    hash = protocol.getBytes(StandardCharsets.US_ASCII);
    chainingKey = hash.clone();
    mixHash(prologue);
  }

  void mixHash(byte[] data) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(hash);
      hash = digest.digest(data);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no SHA-256", e);
    }
  }

  void mixKey(byte[] input) {
    byte[] keys = advance(input, 2);
    useKey(keys, HASH_LENGTH);
  }

  void mixKeyAndHash(byte[] input) {
    byte[] keys = advance(input, 3);
    mixHash(Arrays.copyOfRange(keys, HASH_LENGTH, 2 * HASH_LENGTH));
    useKey(keys, 2 * HASH_LENGTH);
  }

  private byte[] advance(byte[] input, int count) {
    byte[] keys = Hkdf.derive(chainingKey, input, NO_INFO, count * HASH_LENGTH);
    System.arraycopy(keys, 0, chainingKey, 0, HASH_LENGTH);
    return keys;
  }

  private void useKey(byte[] keys, int offset) {
    byte[] key = Arrays.copyOfRange(keys, offset, offset + AesGcm.KEY_LENGTH);
    cipher = new AesGcm(key);
    nonce = 0;
    Arrays.fill(key, (byte) 0);
    Arrays.fill(keys, (byte) 0);
  }

  byte[] encryptAndHash(byte[] plain) {
    byte[] sealed = new byte[plain.length + AesGcm.TAG_LENGTH];
    cipher.seal(nonce++, hash, plain, 0, plain.length, sealed, 0);
    mixHash(sealed);
    return sealed;
  }

  /**
   * @return null if it was not made with the same secrets by who has heard the same
   */
  byte[] decryptAndHash(byte[] sealed) {
    byte[] plain = new byte[sealed.length];
    int length = cipher.open(nonce, hash, sealed, 0, sealed.length, plain);
    if (length < 0) {
      return null;
    }
    nonce++;
    mixHash(sealed);
    return Arrays.copyOf(plain, length);
  }

  /** The keys of what follows, and the end of this. */
  SessionKeys split() {
    byte[] keys = advance(new byte[0], 2);
    byte[] first = Arrays.copyOf(keys, AesGcm.KEY_LENGTH);
    byte[] second = Arrays.copyOfRange(keys, AesGcm.KEY_LENGTH, 2 * AesGcm.KEY_LENGTH);
    Arrays.fill(keys, (byte) 0);
    Arrays.fill(chainingKey, (byte) 0);
    return new SessionKeys(first, second);
  }
}
