package io.zproc.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What a client has to know of its server's secret key. */
final class SecretOptions {
  @Option(
      names = "--secret-key-file",
      paramLabel = "FILE",
      description =
          "Holds the secret key of a server on another host. Without it, the environment variable"
              + " ZPROC_SECRET_KEY.")
  private Path secretKeyFile;

  @Option(
      names = "--encrypt",
      description =
          "Encrypts what goes over a network, with keys made of the secret key, and talks to no"
              + " server that does not. Without it, the environment variable ZPROC_ENCRYPT.")
  private boolean encrypt;

  /** Reads the key; null when there is none. */
  String secretKey() {
    return SecretKey.of(secretKeyFile, System.getenv());
  }

  /**
   * @param secretKey what {@link #secretKey} gave: a file may be readable only once
   */
  boolean isEncrypted(String secretKey) {
    return Encryption.of(encrypt, secretKey, System.getenv());
  }
}
