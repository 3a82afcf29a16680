package io.zproc.shm.internal.slots;

/** The key of a slot in the maps: the namespace's number (4, big-endian), then the encoded key. */
public final class SlotKey {
  private SlotKey() {}

  public static byte[] of(int namespace, byte[] key) {
    byte[] slotKey = new byte[Integer.BYTES + key.length];
    slotKey[0] = (byte) (namespace >>> 24);
    slotKey[1] = (byte) (namespace >>> 16);
    slotKey[2] = (byte) (namespace >>> 8);
    slotKey[3] = (byte) namespace;
    System.arraycopy(key, 0, slotKey, Integer.BYTES, key.length);
    return slotKey;
  }
}
