package io.zproc.shm.internal.slots;

import static io.zproc.shm.internal.layout.SlotDescriptor.EXTENT_OFFSET;
import static io.zproc.shm.internal.layout.SlotDescriptor.LENGTH_OFFSET;
import static io.zproc.shm.internal.layout.SlotDescriptor.PAYLOAD_OFFSET;
import static io.zproc.shm.internal.layout.SlotDescriptor.SEQLOCK_OFFSET;
import static io.zproc.shm.internal.layout.SlotDescriptor.SIZE_CLASS_OFFSET;
import static io.zproc.shm.internal.layout.SlotDescriptor.VERSION_OFFSET;

import io.zproc.shm.internal.layout.SlotDescriptor;
import io.zproc.shm.internal.os.Memory;

/**
 * Writes slots; the server's thread only.
 *
 * <p>A seqlock: the counter is made odd, then the content is written, then the counter is made even
 * with release order. The store fence behind the first keeps the content from being seen before it.
 */
public final class SlotWriter {
  private SlotWriter() {}

  /** Writes a value; {@code large} is the slot of its class, unused for class 0. */
  public static void write(
      long slot,
      long version,
      byte[] value,
      int offset,
      int length,
      int sizeClass,
      int extent,
      long large) {
    long seqlock = begin(slot);
    Memory.putLong(slot + VERSION_OFFSET, version);
    Memory.putInt(slot + LENGTH_OFFSET, length);
    Memory.putInt(slot + SIZE_CLASS_OFFSET, sizeClass);
    Memory.putInt(slot + EXTENT_OFFSET, extent);
    Memory.copyIn(value, offset, sizeClass == 0 ? slot + PAYLOAD_OFFSET : large, length);
    end(slot, seqlock);
  }

  /** Makes the key absent. */
  public static void remove(long slot, long version) {
    long seqlock = begin(slot);
    Memory.putLong(slot + VERSION_OFFSET, version);
    Memory.putInt(slot + LENGTH_OFFSET, SlotDescriptor.ABSENT);
    end(slot, seqlock);
  }

  /** Tells readers that the slot is no longer its key's, so that they look the key up again. */
  public static void leave(long slot) {
    long seqlock = begin(slot);
    Memory.putInt(slot + LENGTH_OFFSET, SlotDescriptor.LEFT);
    end(slot, seqlock);
  }

  /** Tells readers that the value, which stays the same, is now in another slot of its class. */
  public static void relocate(long slot, int sizeClass, int extent) {
    long seqlock = begin(slot);
    Memory.putInt(slot + SIZE_CLASS_OFFSET, sizeClass);
    Memory.putInt(slot + EXTENT_OFFSET, extent);
    end(slot, seqlock);
  }

  private static long begin(long slot) {
    long seqlock = Memory.getLong(slot + SEQLOCK_OFFSET);
    Memory.putLongRelease(slot + SEQLOCK_OFFSET, seqlock + 1);
    Memory.storeFence();
    return seqlock;
  }

  private static void end(long slot, long seqlock) {
    Memory.putLongRelease(slot + SEQLOCK_OFFSET, seqlock + 2);
  }
}
