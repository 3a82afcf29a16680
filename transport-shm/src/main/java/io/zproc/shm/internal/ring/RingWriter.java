package io.zproc.shm.internal.ring;

import static io.zproc.shm.internal.layout.RingDescriptor.HEADER_LENGTH;
import static io.zproc.shm.internal.layout.RingDescriptor.HEAD_OFFSET;
import static io.zproc.shm.internal.layout.RingDescriptor.RECORD_HEADER_LENGTH;
import static io.zproc.shm.internal.layout.RingDescriptor.RECORD_SEQUENCE_OFFSET;
import static io.zproc.shm.internal.layout.RingDescriptor.align;
import static io.zproc.shm.internal.layout.RingDescriptor.maxPayload;

import io.zproc.shm.internal.layout.RingDescriptor;
import io.zproc.shm.internal.os.Memory;

/**
 * The writing end of a ring; used by one thread. The store that publishes is that of a record's
 * first word, in {@link #publish}.
 */
public final class RingWriter {
  private final long headAddress;
  private final long dataAddress;
  private final int capacity;
  private final int mask;
  private final int maxPayload;

  private long tail;
  private long cachedHead;
  private int written;

  /** A writer on a ring in its initial state, see {@link #reset}. */
  public RingWriter(long address, int capacity) {
    this.headAddress = address + HEAD_OFFSET;
    this.dataAddress = address + HEADER_LENGTH;
    this.capacity = capacity;
    this.mask = capacity - 1;
    this.maxPayload = maxPayload(capacity);
  }

  /** Empties the ring. Neither end may be in use. */
  public void reset() {
    tail = 0;
    cachedHead = 0;
    written = 0;
    Memory.putLong(headAddress, 0);
    Memory.putLongRelease(dataAddress, 0);
  }

  /**
   * Writes a message, or goes on with one for which there was no room, record by record.
   *
   * @return true when all of it is written; false when the ring is full: to be called again with
   *     the same arguments
   */
  public boolean write(byte[] source, int offset, int length, long sequence) {
    do {
      int payload = Math.min(maxPayload, length - written);
      boolean last = written + payload == length;
      if (!writeRecord(source, offset + written, payload, sequence, last)) {
        return false;
      }
      written += payload;
    } while (written < length);
    written = 0;
    return true;
  }

  private boolean writeRecord(byte[] source, int offset, int payload, long sequence, boolean last) {
    int recordLength = align(RECORD_HEADER_LENGTH + payload);
    int index = (int) tail & mask;
    int toEnd = capacity - index;
    int padding = toEnd < recordLength ? toEnd : 0;
    if (!hasRoom(padding + recordLength + Long.BYTES)) {
      return false;
    }
    int recordIndex = padding == 0 ? index : 0;
    int next = (recordIndex + recordLength) & mask;
    Memory.putLong(dataAddress + next, 0);
    long record = dataAddress + recordIndex;
    Memory.putLong(record + RECORD_SEQUENCE_OFFSET, sequence);
    Memory.copyIn(source, offset, record + RECORD_HEADER_LENGTH, payload);
    publish(record, payload, last ? 0 : RingDescriptor.MORE);
    if (padding != 0) {
      publish(dataAddress + index, padding, RingDescriptor.PADDING);
    }
    tail += padding + recordLength;
    return true;
  }

  /** Whether the reader has taken something since {@link #write} found the ring full. */
  public boolean isReadFurther() {
    return Memory.getLongAcquire(headAddress) != cachedHead;
  }

  private boolean hasRoom(int needed) {
    if (tail + needed - cachedHead <= capacity) {
      return true;
    }
    cachedHead = Memory.getLongAcquire(headAddress);
    return tail + needed - cachedHead <= capacity;
  }

  private static void publish(long address, int length, int flags) {
    Memory.putLongRelease(address, RingDescriptor.recordWord(length, flags));
  }
}
