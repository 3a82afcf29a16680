package io.zproc.shm.internal.os;

import org.agrona.UnsafeApi;

/**
 * Access to mapped memory by address. The suffix names the ordering: none is a plain access, {@code
 * Acquire} and {@code Release} are a pair, {@code Volatile} is sequentially consistent. Addresses
 * must be those of a mapping that the caller keeps reachable, and aligned to the size of the
 * access.
 */
public final class Memory {
  private static final long BYTE_ARRAY = UnsafeApi.arrayBaseOffset(byte[].class);

  private Memory() {}

  public static long getLong(long address) {
    return UnsafeApi.getLong(address);
  }

  public static long getLongUnaligned(long address) {
    return UnsafeApi.getLongUnaligned(null, address);
  }

  public static byte getByte(long address) {
    return UnsafeApi.getByte(address);
  }

  public static long getLongAcquire(long address) {
    return UnsafeApi.getLongAcquire(null, address);
  }

  public static long getLongVolatile(long address) {
    return UnsafeApi.getLongVolatile(null, address);
  }

  public static void putLong(long address, long value) {
    UnsafeApi.putLong(address, value);
  }

  public static void putLongRelease(long address, long value) {
    UnsafeApi.putLongRelease(null, address, value);
  }

  public static void putLongVolatile(long address, long value) {
    UnsafeApi.putLongVolatile(null, address, value);
  }

  public static long getAndAddLong(long address, long delta) {
    return UnsafeApi.getAndAddLong(null, address, delta);
  }

  public static long getAndSetLong(long address, long value) {
    return UnsafeApi.getAndSetLong(null, address, value);
  }

  public static long getAndBitwiseOrLong(long address, long mask) {
    return UnsafeApi.getAndBitwiseOrLong(null, address, mask);
  }

  public static int getInt(long address) {
    return UnsafeApi.getInt(address);
  }

  public static int getIntVolatile(long address) {
    return UnsafeApi.getIntVolatile(null, address);
  }

  public static void putInt(long address, int value) {
    UnsafeApi.putInt(address, value);
  }

  public static void putIntVolatile(long address, int value) {
    UnsafeApi.putIntVolatile(null, address, value);
  }

  public static boolean compareAndSetInt(long address, int expected, int value) {
    return UnsafeApi.compareAndSetInt(null, address, expected, value);
  }

  public static int getAndAddInt(long address, int delta) {
    return UnsafeApi.getAndAddInt(null, address, delta);
  }

  public static int getAndBitwiseOrInt(long address, int mask) {
    return UnsafeApi.getAndBitwiseOrInt(null, address, mask);
  }

  public static int getAndBitwiseAndInt(long address, int mask) {
    return UnsafeApi.getAndBitwiseAndInt(null, address, mask);
  }

  public static void loadFence() {
    UnsafeApi.loadFence();
  }

  public static void storeFence() {
    UnsafeApi.storeFence();
  }

  public static void fullFence() {
    UnsafeApi.fullFence();
  }

  public static void fill(long address, long length, byte value) {
    UnsafeApi.setMemory(address, length, value);
  }

  /** From mapped memory to mapped memory. */
  public static void copy(long source, long target, long length) {
    UnsafeApi.copyMemory(source, target, length);
  }

  /** From mapped memory to an array. */
  public static void copyOut(long address, byte[] target, int offset, int length) {
    UnsafeApi.copyMemory(null, address, target, BYTE_ARRAY + offset, length);
  }

  /** From an array to mapped memory. */
  public static void copyIn(byte[] source, int offset, long address, int length) {
    UnsafeApi.copyMemory(source, BYTE_ARRAY + offset, null, address, length);
  }

  /** Whether mapped memory and a part of an array have the same bytes. */
  public static boolean equals(long address, byte[] array, int offset, int length) {
    int i = 0;
    for (; i <= length - Long.BYTES; i += Long.BYTES) {
      if (UnsafeApi.getLongUnaligned(null, address + i)
          != UnsafeApi.getLongUnaligned(array, BYTE_ARRAY + offset + i)) {
        return false;
      }
    }
    for (; i < length; i++) {
      if (UnsafeApi.getByte(address + i) != array[offset + i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * As {@link #copyOut}, in whole words without a call: for short values. Copies up to 7 bytes more
   * than {@code length}, on both sides; {@code address} is a multiple of 8.
   */
  public static void copyOutWords(long address, byte[] target, int length) {
    for (int i = 0; i < length; i += Long.BYTES) {
      UnsafeApi.putLong(target, BYTE_ARRAY + i, UnsafeApi.getLong(address + i));
    }
  }

  /** As {@link #copyOut} to the start of an array, without a call: for short values. */
  public static void copyOutUnaligned(long address, byte[] target, int length) {
    int i = 0;
    for (; i <= length - Long.BYTES; i += Long.BYTES) {
      UnsafeApi.putLongUnaligned(
          target, BYTE_ARRAY + i, UnsafeApi.getLongUnaligned(null, address + i));
    }
    for (; i < length; i++) {
      target[i] = UnsafeApi.getByte(address + i);
    }
  }
}
