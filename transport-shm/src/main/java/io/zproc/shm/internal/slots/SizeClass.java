package io.zproc.shm.internal.slots;

import io.zproc.internal.protocol.Limits;
import io.zproc.shm.internal.layout.ControlDescriptor;
import io.zproc.shm.internal.layout.SlotDescriptor;

/**
 * The sizes of slots. Class 0 has a header and short values; each class above holds the payload of
 * values up to eight times as long as the one below.
 */
public final class SizeClass {
  private static final int[] CAPACITY = {
    SlotDescriptor.INLINE_CAPACITY,
    1 << 10,
    8 << 10,
    64 << 10,
    512 << 10,
    4 << 20,
    Limits.MAX_MESSAGE
  };
  public static final int COUNT = CAPACITY.length;

  private static final int SMALLEST_EXTENT_BYTES = 1 << 20;

  static {
    if (COUNT > ControlDescriptor.SIZE_CLASSES) {
      throw new AssertionError("more size classes than the control file has room for");
    }
  }

  private SizeClass() {}

  /** The smallest class that holds a value of that length. */
  public static int of(int length) {
    int sizeClass = 0;
    while (CAPACITY[sizeClass] < length) {
      sizeClass++;
    }
    return sizeClass;
  }

  /** The longest value, in bytes. */
  public static int capacity(int sizeClass) {
    return CAPACITY[sizeClass];
  }

  /** What a map of that class has as values, in bytes. */
  public static int slotLength(int sizeClass) {
    return sizeClass == 0 ? SlotDescriptor.SLOT_LENGTH : CAPACITY[sizeClass];
  }

  /** How many slots a map of that class has at least. */
  public static long fewestSlots(int sizeClass) {
    return slotsIn(sizeClass, SMALLEST_EXTENT_BYTES);
  }

  /** How many slots take so many bytes, but one at least. */
  public static long slotsIn(int sizeClass, long bytes) {
    return Math.max(1, bytes / slotLength(sizeClass));
  }
}
