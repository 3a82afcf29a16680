package io.zproc.spi;

import java.util.List;

/** A door of a server for clients of other hosts. Thread-safe. */
public interface Gateway extends AutoCloseable {

  /** Where clients reach it; with the port that it got where none was asked for. */
  List<String> addresses();

  /** Ends it and returns when it has ended. Idempotent. */
  @Override
  void close();
}
