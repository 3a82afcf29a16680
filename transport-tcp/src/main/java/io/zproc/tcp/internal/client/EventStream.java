package io.zproc.tcp.internal.client;

import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.internal.protocol.Event;

/**
 * The bytes of events that have arrived and were not given yet: each event behind its length (4).
 * The last one may be there in part. Not thread-safe.
 */
final class EventStream {
  private static final int KEPT = 1 << 20;

  private ByteWriter bytes = new ByteWriter(1024);
  private final ByteReader reader = new ByteReader();
  private int taken;

  void add(ByteReader content) {
    compact();
    bytes.writeBytes(content.array(), content.position(), content.remaining());
  }

  private void compact() {
    int left = bytes.position() - taken;
    if (taken == 0) {
      return;
    }
    if (left == 0 && bytes.array().length > KEPT) {
      bytes = new ByteWriter(1024);
    } else {
      System.arraycopy(bytes.array(), taken, bytes.array(), 0, left);
      bytes.position(left);
    }
    taken = 0;
  }

  /** Whether a whole event is there. */
  boolean hasEvent() {
    int there = bytes.position() - taken;
    return there >= Integer.BYTES && there - Integer.BYTES >= nextLength();
  }

  private int nextLength() {
    return reader.wrap(bytes.array(), taken, Integer.BYTES).readInt();
  }

  /** Takes the event that is there. */
  void take(Event into) {
    int length = nextLength();
    taken += Integer.BYTES;
    System.arraycopy(bytes.array(), taken, into.ensure(length), 0, length);
    taken += length;
    into.wrap(length);
  }

  /** Bytes of the event that is there in part. */
  int partial() {
    return bytes.position() - taken;
  }

  void clear() {
    bytes.clear();
    taken = 0;
  }
}
