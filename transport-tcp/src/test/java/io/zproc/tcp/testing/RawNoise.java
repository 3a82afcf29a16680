package io.zproc.tcp.testing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The client's side of {@code Noise_NNpsk0_25519_AESGCM_SHA256}, as {@code docs/protocol.md} has
 * it, by what every JDK has and nothing of this library.
 */
final class RawNoise {
  private static final byte[] PUBLIC_KEY_PREFIX =
      HexFormat.of().parseHex("302a300506032b656e032100");
  private static final byte[] NONE = {};

  private final KeyPair pair;
  private final byte[] publicKey;
  private byte[] ck = ascii("Noise_NNpsk0_25519_AESGCM_SHA256");
  private byte[] h = ck;
  private byte[] k = NONE;

  RawNoise(String secretKey, byte[] helloHeader) throws GeneralSecurityException {
    pair = KeyPairGenerator.getInstance("X25519").generateKeyPair();
    byte[] encoded = pair.getPublic().getEncoded();
    publicKey = Arrays.copyOfRange(encoded, 12, 44);
    mixHash(helloHeader);
    byte[] utf8 = secretKey.getBytes(StandardCharsets.UTF_8);
    byte[] psk = hmac(hmac(new byte[32], utf8), concat(ascii("zproc tcp 1 psk"), new byte[] {1}));
    byte[][] keys = hkdf(psk);
    mixHash(keys[1]);
    k = keys[2];
  }

  /** What HELLO carries. */
  byte[] first() throws GeneralSecurityException {
    mixPublicKey(publicKey);
    byte[] tag = crypt(Cipher.ENCRYPT_MODE, k, 0, h, NONE);
    mixHash(tag);
    return concat(publicKey, tag);
  }

  /** Takes what WELCOME carries. */
  void second(byte[] message) throws GeneralSecurityException {
    byte[] other = Arrays.copyOf(message, 32);
    mixPublicKey(other);
    KeyAgreement agreement = KeyAgreement.getInstance("X25519");
    agreement.init(pair.getPrivate());
    X509EncodedKeySpec spec = new X509EncodedKeySpec(concat(PUBLIC_KEY_PREFIX, other));
    agreement.doPhase(KeyFactory.getInstance("X25519").generatePublic(spec), true);
    k = hkdf(agreement.generateSecret())[1];
    crypt(Cipher.DECRYPT_MODE, k, 0, h, Arrays.copyOfRange(message, 32, 48));
  }

  /** The keys to the gateway and from it. */
  byte[][] split() {
    return hkdf(NONE);
  }

  private void mixPublicKey(byte[] key) throws GeneralSecurityException {
    mixHash(key);
    k = hkdf(key)[1];
  }

  private void mixHash(byte[] data) throws GeneralSecurityException {
    h = MessageDigest.getInstance("SHA-256").digest(concat(h, data));
  }

  /** Three keys, of which the first is the next chaining key. */
  private byte[][] hkdf(byte[] input) {
    byte[] temporary = hmac(ck, input);
    byte[] one = hmac(temporary, new byte[] {1});
    byte[] two = hmac(temporary, concat(one, new byte[] {2}));
    ck = one;
    return new byte[][] {one, two, hmac(temporary, concat(two, new byte[] {3}))};
  }

  static byte[] crypt(int mode, byte[] key, long nonce, byte[] associated, byte[] text)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    byte[] whole = ByteBuffer.allocate(12).putInt(0).putLong(nonce).array();
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, whole));
    cipher.updateAAD(associated);
    return cipher.doFinal(text);
  }

  static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] concat(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
