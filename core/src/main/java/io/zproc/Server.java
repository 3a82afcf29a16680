package io.zproc;

/** A running server, as seen by the one who started it. Thread-safe. */
public interface Server extends AutoCloseable {

  /** Where clients reach it. */
  String address();

  /** The process it runs in. */
  long pid();

  boolean isAlive();

  /** Stops it and returns when it has stopped. What it acknowledged is kept. Idempotent. */
  @Override
  void close();
}
