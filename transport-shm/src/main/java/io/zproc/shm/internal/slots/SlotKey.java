package io.zproc.shm.internal.slots;

import io.zproc.shm.internal.os.Memory;

/** The key of a slot in the maps: the namespace's number (4, big-endian), then the encoded key. */
public final class SlotKey {
  private static final int LINE = 64;

  private SlotKey() {}

  public static byte[] of(int namespace, byte[] key) {
    return of(namespace, key, 0, key.length);
  }

  /** That of a key that is a range of an array. */
  public static byte[] of(int namespace, byte[] array, int offset, int length) {
    byte[] slotKey = new byte[Integer.BYTES + length];
    slotKey[0] = (byte) (namespace >>> 24);
    slotKey[1] = (byte) (namespace >>> 16);
    slotKey[2] = (byte) (namespace >>> 8);
    slotKey[3] = (byte) namespace;
    System.arraycopy(array, offset, slotKey, Integer.BYTES, length);
    return slotKey;
  }

  /**
   * Where the encoded key of a slot of class 0 is. A map has it in front of the slot: its length in
   * one or two bytes at the start of a line, then the key with its namespace.
   *
   * @param length of the encoded key
   */
  public static long address(long slot, int length) {
    int whole = Integer.BYTES + length;
    int prefix = whole <= Byte.MAX_VALUE ? 1 : 2;
    return slot - ((prefix + whole + LINE - 1) & -LINE) + prefix + Integer.BYTES;
  }

  /**
   * A copy of the key in front of a slot of class 0, with its namespace.
   *
   * @param length of the encoded key
   */
  public static byte[] read(long slot, int length) {
    byte[] slotKey = new byte[Integer.BYTES + length];
    Memory.copyOut(address(slot, length) - Integer.BYTES, slotKey, 0, slotKey.length);
    return slotKey;
  }

  /** Whether that key is in front of a slot of class 0, as a map that can be used has it. */
  static boolean isBefore(long slot, byte[] slotKey) {
    long address = address(slot, slotKey.length - Integer.BYTES) - Integer.BYTES;
    return Memory.equals(address, slotKey, 0, slotKey.length);
  }
}
