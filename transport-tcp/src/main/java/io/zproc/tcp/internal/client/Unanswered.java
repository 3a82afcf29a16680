package io.zproc.tcp.internal.client;

import io.zproc.internal.protocol.Relay;
import io.zproc.tcp.internal.wire.Wire;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.function.BiConsumer;

/**
 * The commands that were sent and not answered yet, in order: what has to be sent again on a new
 * connection. Not thread-safe.
 */
final class Unanswered {
  private final ArrayDeque<byte[]> commands = new ArrayDeque<>();
  private long bytes;

  /** Whether one more may be sent: a long one only when it is alone. */
  boolean hasRoom(int length) {
    return commands.isEmpty()
        || commands.size() < Relay.MAX_UNANSWERED && bytes + length <= Wire.MAX_UNANSWERED_BYTES;
  }

  void add(byte[] command) {
    commands.add(command);
    bytes += command.length;
  }

  void removeFirst() {
    bytes -= commands.remove().length;
  }

  /** Gives each command with its sequence. */
  void forEach(long firstSequence, BiConsumer<Long, byte[]> action) {
    long sequence = firstSequence;
    for (Iterator<byte[]> next = commands.iterator(); next.hasNext(); sequence++) {
      action.accept(sequence, next.next());
    }
  }

  void clear() {
    commands.clear();
    bytes = 0;
  }
}
