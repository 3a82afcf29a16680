package io.zproc.tcp.internal.wire;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.KeyAgreement;

/**
 * A key pair of the Diffie-Hellman exchange X25519, RFC 7748. Immutable.
 *
 * @param publicKey its 32 bytes
 */
record X25519(PrivateKey privateKey, byte[] publicKey) {
  static final int KEY_LENGTH = 32;
  private static final String ALGORITHM = "X25519";

  /** What X.509 writes before the 32 bytes of a public key. */
  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b656e032100");

  /** A new pair. */
  static X25519 generate() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      return new X25519(pair.getPrivate(), bytesOf(pair.getPublic()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no " + ALGORITHM, e);
    }
  }

  private static byte[] bytesOf(PublicKey key) {
    byte[] encoded = key.getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - KEY_LENGTH, encoded.length);
  }

  /**
   * The secret that both sides have.
   *
   * @throws InvalidKeyException for a public key that leads to a secret that everybody knows
   */
  byte[] agree(byte[] otherPublicKey) throws InvalidKeyException {
    try {
      byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + KEY_LENGTH);
      System.arraycopy(otherPublicKey, 0, encoded, X509_PREFIX.length, KEY_LENGTH);
      KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
      KeyAgreement agreement = KeyAgreement.getInstance(ALGORITHM);
      agreement.init(privateKey);
      agreement.doPhase(factory.generatePublic(new X509EncodedKeySpec(encoded)), true);
      return requireContribution(agreement.generateSecret());
    } catch (InvalidKeyException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new InvalidKeyException(e);
    }
  }

  /** The JDK looks for it, too; other providers need not. */
  private static byte[] requireContribution(byte[] secret) throws InvalidKeyException {
    int any = 0;
    for (byte b : secret) {
      any |= b;
    }
    if (any == 0) {
      throw new InvalidKeyException("the shared secret is zero: a public key of small order");
    }
    return secret;
  }
}
