package io.zproc.tcp.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The keys of one connection, one for each direction, so that nothing can be sent back to its
 * sender. They are made of the secret key and of what both sides have made up for this connection,
 * so no recording of another one fits.
 *
 * @param toGateway seals what the client sends; null without a secret key
 * @param toClient seals what the gateway sends; null without a secret key
 */
record SessionKeys(byte[] toGateway, byte[] toClient) {
  private static final SessionKeys NONE = new SessionKeys(null, null);
  private static final byte[] INFO = "zproc tcp 1".getBytes(StandardCharsets.US_ASCII);
  private static final int KEY_LENGTH = 32;

  /**
   * Those that sign.
   *
   * @param secretKey null for none
   */
  static SessionKeys signing(String secretKey, byte[] clientNonce, byte[] gatewayNonce) {
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

  /** Overwrites them; nobody else may use them any more. */
  void wipe() {
    Arrays.fill(toGateway, (byte) 0);
    Arrays.fill(toClient, (byte) 0);
  }
}
