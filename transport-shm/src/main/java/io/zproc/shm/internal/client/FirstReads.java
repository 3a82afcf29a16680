package io.zproc.shm.internal.client;

import io.zproc.ZProcException;
import io.zproc.codec.ByteReader;
import io.zproc.internal.protocol.MessageType;
import io.zproc.internal.protocol.Replies;
import io.zproc.shm.internal.os.ChronicleHook;
import io.zproc.spi.Cell;
import io.zproc.spi.Exchange;
import io.zproc.spi.ValueBuffer;

/**
 * Answers a client's first reads by asking the server: in a cold process that takes a fraction of
 * the time it takes to open a Chronicle Map. A process that reads a handful of keys never opens
 * one, and one that has not, and ends, can not any more. Thread-safe; when several threads count at
 * once a few more reads are answered so.
 */
final class FirstReads {
  static final int NOT_READ = -2;
  private static final int COUNT = 32;

  private final ShmConnection connection;
  private int left = COUNT;

  FirstReads(ShmConnection connection) {
    this.connection = connection;
  }

  boolean areLeft() {
    return left > 0 || !ChronicleHook.register();
  }

  /**
   * Reads as {@link Cell#read} does.
   *
   * @param slotKey the namespace's number and the key, as in {@link
   *     io.zproc.shm.internal.slots.SlotKey}
   * @return the length, {@link Cell#ABSENT}, or {@link #NOT_READ} when no session can be had: then
   *     the maps must do
   */
  int read(byte[] slotKey, ValueBuffer into) {
    left--;
    Exchange exchange = borrow();
    if (exchange == null) {
      left = 0;
      return NOT_READ;
    }
    try (exchange) {
      exchange
          .request()
          .writeByte(MessageType.READ)
          .writeBytes(slotKey, 0, Integer.BYTES)
          .writeBlob(slotKey, Integer.BYTES, slotKey.length - Integer.BYTES);
      return take(exchange.call(System.nanoTime() + connection.timeoutNs()), into);
    }
  }

  private Exchange borrow() {
    try {
      return connection.borrow();
    } catch (ZProcException e) {
      return null;
    }
  }

  private static int take(ByteReader reply, ValueBuffer into) {
    Replies.check(reply);
    into.version = reply.readLong();
    into.length = reply.readInt();
    if (into.length != Cell.ABSENT) {
      byte[] target = into.ensure(into.length);
      System.arraycopy(reply.array(), reply.position(), target, 0, into.length);
    }
    return into.length;
  }
}
