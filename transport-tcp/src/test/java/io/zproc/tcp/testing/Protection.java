package io.zproc.tcp.testing;

import io.zproc.ContextBuilder;
import io.zproc.ServerOptions;

/** What keeps others out. */
public enum Protection {
  PLAIN,
  SIGNED,
  ENCRYPTED;

  private static final String SECRET = "a secret";

  /** Null for none. */
  public String secretKey() {
    return this == PLAIN ? null : SECRET;
  }

  ServerOptions of(ServerOptions options) {
    ServerOptions withKey = options.secretKey(secretKey());
    return this == ENCRYPTED ? withKey.encrypt() : withKey;
  }

  /** A client of such a server. */
  public ContextBuilder of(ContextBuilder builder) {
    ContextBuilder withKey = builder.secretKey(secretKey());
    return this == ENCRYPTED ? withKey.encrypt() : withKey;
  }
}
