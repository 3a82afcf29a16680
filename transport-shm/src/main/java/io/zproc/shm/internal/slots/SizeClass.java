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

  private static final int SMALL_FIRST_EXTENT = 8 << 10;
  private static final int LARGE_FIRST_EXTENT_BYTES = 1 << 20;
  private static final long LARGEST_EXTENT_BYTES = 64L << 20;

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

  /** How many slots the n-th map of a class has: twice those of the one before, within bounds. */
  public static long slots(int sizeClass, int extent) {
    long first =
        sizeClass == 0
            ? SMALL_FIRST_EXTENT
            : Math.max(1, LARGE_FIRST_EXTENT_BYTES / slotLength(sizeClass));
    long most = Math.max(1, LARGEST_EXTENT_BYTES / slotLength(sizeClass));
    return Math.min(most, first << Math.min(extent, 30));
  }
}
