package io.zproc;

import java.util.List;

/** A running server, as seen by the one who started it. Thread-safe. */
public interface Server extends AutoCloseable {

  /** Where clients reach it. */
  String address();

  /** All addresses where clients reach it: {@link #address}, and those it listens at besides. */
  default List<String> addresses() {
    return List.of(address());
  }

  /** The process it runs in. */
  long pid();

  boolean isAlive();

  /** Stops it and returns when it has stopped. What it acknowledged is kept. Idempotent. */
  @Override
  void close();
}
