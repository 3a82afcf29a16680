package io.zproc.internal.state;

import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.internal.protocol.BatchEncoder;
import io.zproc.spi.Exchange;
import io.zproc.spi.ValueBuffer;

/**
 * What one thread reuses from call to call, so that hot paths allocate nothing. Nobody keeps it
 * across a call of user code.
 */
final class Scratch {
  private static final ThreadLocal<Scratch> CURRENT = ThreadLocal.withInitial(Scratch::new);

  final ValueBuffer value = new ValueBuffer();
  final ByteReader reader = new ByteReader();
  final ByteWriter key = new ByteWriter();
  final BatchEncoder batch = new BatchEncoder();

  /** The exchange by which this thread holds the turn at the server of {@link #turnClient}. */
  Exchange turn;

  Client turnClient;

  static Scratch get() {
    return CURRENT.get();
  }
}
