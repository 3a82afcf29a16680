package io.zproc.tcp.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The keys of one connection, one for each direction, so that nothing can be sent back to its
 * sender. They are made of the secret key and of nonces from both sides, so no recording of another
 * connection fits.
 *
 * @param toGateway signs what the client sends; null without a secret key
 * @param toClient signs what the gateway sends; null without a secret key
 */
public record SessionKeys(byte[] toGateway, byte[] toClient) {
  private static final SessionKeys NONE = new SessionKeys(null, null);
  private static final byte[] INFO = "zproc tcp 1".getBytes(StandardCharsets.US_ASCII);
  private static final int KEY_LENGTH = 32;

  /**
   * @param secretKey null for none
   */
  public static SessionKeys derive(String secretKey, byte[] clientNonce, byte[] gatewayNonce) {
    if (secretKey == null) {
      return NONE;
    }
    byte[] salt = Arrays.copyOf(clientNonce, clientNonce.length + gatewayNonce.length);
    System.arraycopy(gatewayNonce, 0, salt, clientNonce.length, gatewayNonce.length);
    byte[] secret = secretKey.getBytes(StandardCharsets.UTF_8);
    byte[] keys = Hkdf.derive(salt, secret, INFO, 2 * KEY_LENGTH);
    return new SessionKeys(
        Arrays.copyOf(keys, KEY_LENGTH), Arrays.copyOfRange(keys, KEY_LENGTH, 2 * KEY_LENGTH));
  }
}
