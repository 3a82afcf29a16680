package io.zproc.spi;

/**
 * A client's connection to one state; shared by all threads of the client. It outlives the server:
 * when a new one with the same state takes the address, the connection goes on with it.
 *
 * <p>When a server with another state is found at the address, revisions and numbers of namespaces
 * mean nothing any more. Then the connection is {@linkplain #replacement replaced}, for ever:
 * commands end in {@link io.zproc.SessionLostException}, cursors in {@link
 * io.zproc.HistoryLostException}. {@link #renew} makes one to the other state.
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

  /**
   * A random number made with the state and kept with it, through restarts, crashes and trimming:
   * another state has another one. Positive; a copy of the directory has the same.
   */
  long identity();

  /**
   * What was found in the place of the state, in words; null as long as there was no such thing.
   */
  String replacement();

  /**
   * Another connection, to the state that is at the address now.
   *
   * @throws io.zproc.ServerDownException when no server answers by the deadline
   */
  Connection renew();

  /** Ends this client's sessions. Idempotent. */
  @Override
  void close();
}
