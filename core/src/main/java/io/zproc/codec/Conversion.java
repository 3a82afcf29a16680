package io.zproc.codec;

import java.lang.invoke.MethodType;
import java.math.BigInteger;

/**
 * Makes a decoded value fit a declared type. Other languages choose the width of a number by its
 * value, so numbers are converted wherever nothing of them is lost.
 */
final class Conversion {

  private Conversion() {}

  /** The value as an instance of {@code type}, or null when it is none. */
  static Object to(Class<?> type, Object value) {
    Class<?> boxed = MethodType.methodType(type).wrap().returnType();
    if (boxed.isInstance(value)) {
      return value;
    }
    return value instanceof Number number ? number(boxed, number) : null;
  }

  private static Object number(Class<?> type, Number value) {
    if (isInteger(value)) {
      return integer(type, value.longValue());
    }
    if (value instanceof Float && type == Double.class) {
      return value.doubleValue();
    }
    boolean fits = value instanceof Double d && (Double.isNaN(d) || (float) (double) d == d);
    return fits && type == Float.class ? (Object) value.floatValue() : null;
  }

  private static Object integer(Class<?> type, long value) {
    if (type == Long.class) {
      return value;
    }
    if (type == Integer.class) {
      return value == (int) value ? (Object) (int) value : null;
    }
    if (type == Short.class) {
      return value == (short) value ? (Object) (short) value : null;
    }
    if (type == Byte.class) {
      return value == (byte) value ? (Object) (byte) value : null;
    }
    return floating(type, value);
  }

  private static Object floating(Class<?> type, long value) {
    if (type == Double.class) {
      return Math.abs(value) <= 1L << 53 ? (Object) (double) value : null;
    }
    if (type == Float.class) {
      return Math.abs(value) <= 1L << 24 ? (Object) (float) value : null;
    }
    return type == BigInteger.class ? BigInteger.valueOf(value) : null;
  }

  private static boolean isInteger(Number value) {
    return value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte;
  }

  /** The class of the value, and the value where it is a number. */
  static String describe(Object value) {
    if (value == null) {
      return "null";
    }
    boolean isShort =
        value instanceof Double
            || value instanceof Float
            || value instanceof Number number && isInteger(number);
    return isShort ? value.getClass().getName() + " " + value : value.getClass().getName();
  }
}
