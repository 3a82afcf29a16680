package io.zproc.internal.collect;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Mixes the bytes of a key into 32 bits, 8 bytes at a time, finished as MurmurHash3 is. */
final class KeyHash {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long C1 = 0x87c37b91114253d5L;
  private static final long C2 = 0x4cf5ad432745937fL;

  private KeyHash() {}

  static int hash(byte[] bytes, int offset, int length) {
    long h = length * C1;
    int at = offset;
    int end = offset + length;
    for (; end - at >= 8; at += 8) {
      h = mix(h, (long) LONG.get(bytes, at));
    }
    if (at < end) {
      h = mix(h, tail(bytes, at, end - at));
    }
    return finish(h);
  }

  /** The last 1 to 7 bytes; those of a group of 4 or more overlap. */
  private static long tail(byte[] bytes, int at, int length) {
    if (length >= 4) {
      long low = (int) INT.get(bytes, at) & 0xffff_ffffL;
      return low | (long) (int) INT.get(bytes, at + length - 4) << 32;
    }
    int middle = bytes[at + (length >> 1)] & 0xff;
    return (bytes[at] & 0xffL) << 16 | middle << 8 | bytes[at + length - 1] & 0xff;
  }

  private static long mix(long h, long k) {
    long mixed = h ^ Long.rotateLeft(k * C1, 31) * C2;
    return Long.rotateLeft(mixed, 27) * 5 + 0x52dce729;
  }

  private static int finish(long hash) {
    long h = hash;
    h = (h ^ h >>> 33) * 0xff51afd7ed558ccdL;
    h = (h ^ h >>> 33) * 0xc4ceb9fe1a85ec53L;
    return (int) (h ^ h >>> 33);
  }
}
