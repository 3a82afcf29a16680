package io.zproc.cli;

import java.util.Locale;
import java.util.Map;

/**
 * Whether to encrypt: {@code --encrypt}, or else {@code ZPROC_ENCRYPT} of the environment.
 * Stateless.
 */
final class Encryption {
  static final String VARIABLE = "ZPROC_ENCRYPT";

  private Encryption() {}

  /**
   * @param option whether it was typed
   * @param secretKey of which its keys are made
   * @throws UsageException if there is no secret key
   */
  static boolean of(boolean option, String secretKey, Map<String, String> environment) {
    boolean wanted = option || isTrue(environment.getOrDefault(VARIABLE, ""));
    if (wanted && secretKey == null) {
      throw new UsageException(
          (option ? "--encrypt" : VARIABLE)
              + " needs a secret key: give --secret-key-file or set "
              + SecretKey.VARIABLE);
    }
    return wanted;
  }

  private static boolean isTrue(String value) {
    switch (value.toLowerCase(Locale.ROOT)) {
      case "", "0", "false", "no":
        return false;
      case "1", "true", "yes":
        return true;
      default:
        throw new UsageException(VARIABLE + "=" + value + " is neither true nor false");
    }
  }
}
