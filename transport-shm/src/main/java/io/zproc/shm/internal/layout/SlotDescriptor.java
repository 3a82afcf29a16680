package io.zproc.shm.internal.layout;

/**
 * A slot: the value of one key, at an address that stays until the key is moved to another slot, or
 * has long been removed.
 *
 * <pre>
 *    0  seqlock (8)      odd while the server writes
 *    8  version (8)      the revision that wrote or removed the value, 0 for never
 *   16  length (4)       of the value, −1 if the key is not there, −2 if the slot is no longer its
 *   20  size class (4)   0: the payload is here; n: in the slot of the same key in a map of class n
 *   24  extent (4)       of that map
 *   28  unused (4)
 *   32  payload (96)
 * </pre>
 *
 * A slot of a class above 0 is payload only; the seqlock of the key's slot of class 0 covers it.
 */
public final class SlotDescriptor {
  public static final int SEQLOCK_OFFSET = 0;
  public static final int VERSION_OFFSET = SEQLOCK_OFFSET + Long.BYTES;
  public static final int LENGTH_OFFSET = VERSION_OFFSET + Long.BYTES;
  public static final int SIZE_CLASS_OFFSET = LENGTH_OFFSET + Integer.BYTES;
  public static final int EXTENT_OFFSET = SIZE_CLASS_OFFSET + Integer.BYTES;
  public static final int PAYLOAD_OFFSET = 32;
  public static final int SLOT_LENGTH = 128;
  public static final int INLINE_CAPACITY = SLOT_LENGTH - PAYLOAD_OFFSET;

  public static final int ABSENT = -1;

  /** Of a slot that was left: the key has another one, or none and is not there. */
  public static final int LEFT = -2;

  private SlotDescriptor() {}
}
