package io.zproc.spi;

import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;

/**
 * The right to send commands and take their replies, held by one thread between {@link
 * Connection#borrow} and {@link #close}. Commands are answered in the order in which they were
 * sent; one whose reply was lost with a dying server is repeated by the transport and applied once.
 */
public interface Exchange extends AutoCloseable {

  /** An empty buffer to write the next command into; valid until it is sent. */
  ByteWriter request();

  /**
   * Sends what {@link #request} holds, waiting for room if need be.
   *
   * @param deadlineNs on the clock of {@link System#nanoTime}
   */
  void send(long deadlineNs);

  /** Commands sent whose replies were not taken yet. */
  int inFlight();

  /**
   * The next reply, in the order of the commands; valid until the next call of this exchange.
   *
   * @throws io.zproc.ServerDownException when no server answers by the deadline
   * @throws io.zproc.ZProcTimeoutException when the server lives but did not answer by the deadline
   */
  ByteReader receive(long deadlineNs);

  /** Sends what {@link #request} holds and takes its reply; nothing else may be in flight. */
  default ByteReader call(long deadlineNs) {
    send(deadlineNs);
    return receive(deadlineNs);
  }

  /** As {@link #receive}, but null when no reply is there yet. */
  ByteReader poll();

  /** Gives the exchange back. With replies outstanding, they are discarded as they arrive. */
  @Override
  void close();
}
