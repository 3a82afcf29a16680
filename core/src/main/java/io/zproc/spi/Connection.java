package io.zproc.spi;

/**
 * A client's connection to one server; shared by all threads of the client. It outlives the server:
 * when a new one takes the address, the connection goes on with it.
 */
public interface Connection extends AutoCloseable {

  Address address();

  /** Borrows the means to send commands; the caller closes it to give it back. */
  Exchange borrow();

  /**
   * A handle to read one key, kept by the caller as long as it likes. Cheap to make, may be shared
   * by threads.
   */
  Cell cell(int namespace, byte[] key);

  /**
   * The newest revision that every reader may see. A value read before this call is covered by it.
   */
  long revision();

  /** A cursor behind revision {@code after}: the first event it gives is {@code after + 1}. */
  EventCursor events(long after);

  /** How long a command may wait, in nanoseconds. */
  long timeoutNs();

  /** The last process known to serve this address. */
  long serverPid();

  /** Ends this client's sessions. Idempotent. */
  @Override
  void close();
}
