package io.zproc.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Numbers in the encoding of {@link PlainCodec}, without objects: for hot paths, and for a server
 * that adds to a counter without knowing types. Nothing here allocates unless it fails.
 */
public final class PlainNumbers {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final int BYTE = 1;
  private static final int SMALL = 2;
  private static final int INTEGER = 3;
  private static final int WIDE = 4;
  private static final int FLOAT = 5;
  private static final int DOUBLE = 6;

  private PlainNumbers() {}

  /** Appends what {@link PlainCodec} writes for a {@code Long}: 9 bytes. */
  public static void encodeLong(long value, ByteWriter out) {
    out.writeByteAndLong(Format.INT64, value);
  }

  /** Appends what {@link PlainCodec} writes for an {@code Integer}: 1 or 5 bytes. */
  public static void encodeInt(int value, ByteWriter out) {
    if (value >= -32 && value < 128) {
      out.writeByte(value);
    } else {
      out.writeByteAndInt(Format.INT32, value);
    }
  }

  /** Appends what {@link PlainCodec} writes for a {@code Double}: 9 bytes. */
  public static void encodeDouble(double value, ByteWriter out) {
    out.writeByteAndLong(Format.FLOAT64, Double.doubleToLongBits(value));
  }

  /** Appends what {@link PlainCodec} writes for a {@code Float}: 5 bytes. */
  public static void encodeFloat(float value, ByteWriter out) {
    out.writeByteAndInt(Format.FLOAT32, Float.floatToIntBits(value));
  }

  /**
   * Reads an integer of any width.
   *
   * @throws MalformedValueException when it is something else, or does not fit a {@code long}
   */
  public static long decodeLong(byte[] bytes, int offset, int length) {
    if (length == 9 && bytes[offset] == (byte) Format.INT64) {
      return (long) LONG.get(bytes, offset + 1);
    }
    if (kind(bytes, offset, length) >= FLOAT) {
      throw notThere("an integer", "a floating point number");
    }
    return integer(bytes, offset);
  }

  /**
   * Reads a number of any type as a {@code double}; integers beyond 2<sup>53</sup> are rounded.
   *
   * @throws MalformedValueException when it is something else
   */
  public static double decodeDouble(byte[] bytes, int offset, int length) {
    if (length == 9 && bytes[offset] == (byte) Format.FLOAT64) {
      return Double.longBitsToDouble((long) LONG.get(bytes, offset + 1));
    }
    return number(kind(bytes, offset, length), bytes, offset);
  }

  /**
   * Appends the sum of two encoded numbers. Two integers keep the wider of their types; two floats
   * stay a float; anything else with a floating point number in it becomes a double.
   *
   * @param oldLength −1 when there is no old value: the sum is then {@code delta}
   * @throws ArithmeticException when the sum does not fit the wider type
   * @throws MalformedValueException when either is not a number
   */
  public static void add(
      byte[] oldValue,
      int oldOffset,
      int oldLength,
      byte[] delta,
      int deltaOffset,
      int deltaLength,
      ByteWriter out) {
    int right = kind(delta, deltaOffset, deltaLength);
    if (oldLength < 0) {
      out.writeBytes(delta, deltaOffset, deltaLength);
      return;
    }
    int left = kind(oldValue, oldOffset, oldLength);
    if (left < FLOAT && right < FLOAT) {
      long a = integer(oldValue, oldOffset);
      writeSum(a, integer(delta, deltaOffset), Math.max(left, right), out);
      return;
    }
    double sum = number(left, oldValue, oldOffset) + number(right, delta, deltaOffset);
    if (left == FLOAT && right == FLOAT) {
      encodeFloat((float) sum, out);
    } else {
      encodeDouble(sum, out);
    }
  }

  private static void writeSum(long a, long b, int kind, ByteWriter out) {
    long sum = a + b;
    boolean overflow = ((a ^ sum) & (b ^ sum)) < 0;
    switch (kind) {
      case BYTE -> {
        check(!overflow && sum == (byte) sum, a, b, "Byte");
        out.writeByte(Format.INT8).writeByte((int) sum);
      }
      case SMALL -> {
        check(!overflow && sum == (short) sum, a, b, "Short");
        out.writeByte(Format.INT16).writeShort((int) sum);
      }
      case INTEGER -> {
        check(!overflow && sum == (int) sum, a, b, "Integer");
        encodeInt((int) sum, out);
      }
      default -> {
        check(!overflow, a, b, "Long");
        encodeLong(sum, out);
      }
    }
  }

  private static void check(boolean fits, long a, long b, String type) {
    if (!fits) {
      throw new ArithmeticException(a + " + " + b + " does not fit " + type);
    }
  }

  private static double number(int kind, byte[] bytes, int offset) {
    return switch (kind) {
      case FLOAT -> Float.intBitsToFloat((int) INT.get(bytes, offset + 1));
      case DOUBLE -> Double.longBitsToDouble((long) LONG.get(bytes, offset + 1));
      default -> integer(bytes, offset);
    };
  }

  /** The integer at {@code offset}, whose kind and length were checked. */
  private static long integer(byte[] bytes, int offset) {
    int first = bytes[offset] & 0xff;
    return switch (first) {
      case Format.UINT8 -> bytes[offset + 1] & 0xffL;
      case Format.UINT16 -> (short) SHORT.get(bytes, offset + 1) & 0xffffL;
      case Format.UINT32 -> (int) INT.get(bytes, offset + 1) & 0xffff_ffffL;
      case Format.INT8 -> bytes[offset + 1];
      case Format.INT16 -> (short) SHORT.get(bytes, offset + 1);
      case Format.INT32 -> (int) INT.get(bytes, offset + 1);
      case Format.INT64, Format.UINT64 -> (long) LONG.get(bytes, offset + 1);
      default -> (byte) first;
    };
  }

  /** Which type {@link PlainCodec} gives the number; its length is exact. */
  private static int kind(byte[] bytes, int offset, int length) {
    if (length < 1) {
      throw new MalformedValueException("a number is expected, nothing is there");
    }
    int first = bytes[offset] & 0xff;
    if (length != size(first)) {
      throw new MalformedValueException(
          Format.describe(first) + " of " + size(first) + " bytes is expected, not of " + length);
    }
    return switch (first) {
      case Format.INT8 -> BYTE;
      case Format.INT16 -> SMALL;
      case Format.INT64 -> WIDE;
      case Format.FLOAT32 -> FLOAT;
      case Format.FLOAT64 -> DOUBLE;
      case Format.UINT32, Format.UINT64 -> unsignedKind(bytes, offset, first);
      default -> INTEGER;
    };
  }

  private static int unsignedKind(byte[] bytes, int offset, int first) {
    long value = integer(bytes, offset);
    if (first == Format.UINT64 && value < 0) {
      throw notThere("a number of at most 64 bits with sign", Long.toUnsignedString(value));
    }
    return value == (int) value ? INTEGER : WIDE;
  }

  private static int size(int first) {
    if (Format.isFixint(first)) {
      return 1;
    }
    return switch (first) {
      case Format.INT8, Format.UINT8 -> 2;
      case Format.INT16, Format.UINT16 -> 3;
      case Format.INT32, Format.UINT32, Format.FLOAT32 -> 5;
      case Format.INT64, Format.UINT64, Format.FLOAT64 -> 9;
      default -> throw notThere("a number", Format.describe(first));
    };
  }

  private static MalformedValueException notThere(String expected, String found) {
    return new MalformedValueException(expected + " is expected, " + found + " is there");
  }
}
