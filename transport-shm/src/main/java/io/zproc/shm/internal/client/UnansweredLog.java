package io.zproc.shm.internal.client;

import io.zproc.codec.ByteWriter;

/**
 * The commands that were sent and not answered yet, in order, each behind its length (4): what has
 * to be sent again when the server dies. Not thread-safe.
 */
final class UnansweredLog {
  private static final int COMPACT_ABOVE = 64 << 10;

  private final ByteWriter log = new ByteWriter(4096);
  private int first;

  /** Keeps a copy of a command; returns where it starts. */
  int add(ByteWriter command) {
    compact();
    int start = log.position();
    log.writeBlob(command.array(), 0, command.position());
    return start;
  }

  private void compact() {
    int position = log.position();
    if (first == position) {
      log.clear();
      first = 0;
    } else if (first > COMPACT_ABOVE && first > position / 2) {
      System.arraycopy(log.array(), first, log.array(), 0, position - first);
      log.position(position - first);
      first = 0;
    }
  }

  /** Where the oldest one starts. */
  int first() {
    return first;
  }

  /** Where the one behind that at {@code start} starts. */
  int next(int start) {
    return start + Integer.BYTES + length(start);
  }

  byte[] array() {
    return log.array();
  }

  int offset(int start) {
    return start + Integer.BYTES;
  }

  int length(int start) {
    byte[] array = log.array();
    return (array[start] & 0xff) << 24
        | (array[start + 1] & 0xff) << 16
        | (array[start + 2] & 0xff) << 8
        | array[start + 3] & 0xff;
  }

  void removeFirst() {
    first = next(first);
  }

  void clear() {
    log.clear();
    first = 0;
  }
}
