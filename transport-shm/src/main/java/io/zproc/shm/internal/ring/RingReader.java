package io.zproc.shm.internal.ring;

import static io.zproc.shm.internal.layout.RingDescriptor.HEADER_LENGTH;
import static io.zproc.shm.internal.layout.RingDescriptor.HEAD_OFFSET;
import static io.zproc.shm.internal.layout.RingDescriptor.RECORD_HEADER_LENGTH;
import static io.zproc.shm.internal.layout.RingDescriptor.RECORD_SEQUENCE_OFFSET;
import static io.zproc.shm.internal.layout.RingDescriptor.align;

import io.zproc.ProtocolException;
import io.zproc.codec.ByteWriter;
import io.zproc.internal.protocol.Limits;
import io.zproc.shm.internal.layout.RingDescriptor;
import io.zproc.shm.internal.os.Memory;

/**
 * The reading end of a ring; used by one thread. It copies each message out before anything in it
 * is looked at, and checks all lengths, since the writer is another process and may write anything.
 */
public final class RingReader {
  private final long headAddress;
  private final long dataAddress;
  private final int capacity;
  private final int mask;

  private final ByteWriter message = new ByteWriter();
  private long head;
  private long sequence;
  private boolean complete = true;

  public RingReader(long address, int capacity) {
    this.headAddress = address + HEAD_OFFSET;
    this.dataAddress = address + HEADER_LENGTH;
    this.capacity = capacity;
    this.mask = capacity - 1;
  }

  /** Goes back to the start of a ring that was emptied. */
  public void reset() {
    head = 0;
    complete = true;
  }

  /** Whether something is there, with the order of a load-acquire. */
  public boolean isReady() {
    return Memory.getLongAcquire(dataAddress + (head & mask)) != 0;
  }

  /** As {@link #read(int)}, however much there is. */
  public boolean read() {
    return read(Integer.MAX_VALUE);
  }

  /**
   * Takes the next whole message.
   *
   * @param most after about so many bytes of a long message it goes on the next time
   * @return false if there is none yet
   * @throws ProtocolException when the ring holds what no writer wrote
   */
  public boolean read(int most) {
    long end = head + most;
    while (head < end) {
      long word = Memory.getLongAcquire(dataAddress + (head & mask));
      if (word == 0) {
        return false;
      }
      int flags = RingDescriptor.flags(word);
      int length = RingDescriptor.length(word);
      check(word, flags, length);
      if ((flags & RingDescriptor.PADDING) != 0) {
        release(length);
      } else if (take(length, flags)) {
        return true;
      }
    }
    return false;
  }

  private boolean take(int length, int flags) {
    long record = dataAddress + (head & mask);
    if (complete) {
      message.clear();
    }
    if (message.position() + length > Limits.MAX_MESSAGE + Limits.MESSAGE_OVERHEAD) {
      throw new ProtocolException("a message of more than " + Limits.MAX_MESSAGE + " bytes");
    }
    sequence = Memory.getLong(record + RECORD_SEQUENCE_OFFSET);
    int start = message.position();
    message.position(start + length);
    Memory.copyOut(record + RECORD_HEADER_LENGTH, message.array(), start, length);
    complete = (flags & RingDescriptor.MORE) == 0;
    release(align(RECORD_HEADER_LENGTH + length));
    return complete;
  }

  private void release(int recordLength) {
    head += recordLength;
    Memory.putLongRelease(headAddress, head);
  }

  private void check(long word, int flags, int length) {
    int toEnd = capacity - (int) (head & mask);
    boolean padding = flags == (RingDescriptor.PRESENT | RingDescriptor.PADDING);
    boolean record = (flags & ~RingDescriptor.MORE) == RingDescriptor.PRESENT;
    boolean fits =
        padding
            ? length == toEnd
            : length >= 0
                && length <= RingDescriptor.maxPayload(capacity)
                && align(RECORD_HEADER_LENGTH + length) <= toEnd;
    if (!(padding || record) || !fits) {
      throw new ProtocolException(
          "record word 0x" + Long.toHexString(word) + " at " + head + " is none");
    }
  }

  /** Bytes taken so far; while it grows within a message, the writer waits for room to go on. */
  public long head() {
    return head;
  }

  /** Whether a message was begun and its rest is yet to come. */
  public boolean isPartial() {
    return !complete;
  }

  /** The message read last: its array, from index 0. */
  public byte[] array() {
    return message.array();
  }

  public int length() {
    return message.position();
  }

  public long sequence() {
    return sequence;
  }
}
