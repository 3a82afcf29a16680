package io.zproc.internal.map;

import io.zproc.ValueTooLongException;
import io.zproc.internal.protocol.Limits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Items or results as bytes: a row of parts, each a count (4, big-endian) and that many elements as
 * one serialized array. What can not be serialized is replaced by a {@link Failure}, what can not
 * be read is read as one.
 */
final class Chunks {
  /** A part is not longer unless it has but one element. */
  static final int MAX_PART = 1 << 20;

  private static final int MAX_ELEMENT = Limits.MAX_VALUE - 1024;

  private Chunks() {}

  /** At least one part, even without elements. */
  static List<byte[]> encode(Object[] elements) {
    List<byte[]> parts = new ArrayList<>(1);
    encode(elements, 0, elements.length, parts);
    return parts;
  }

  private static void encode(Object[] elements, int from, int to, List<byte[]> into) {
    byte[] part = part(Arrays.copyOfRange(elements, from, to, Object[].class));
    if (part.length <= MAX_PART || to - from == 1 && part.length <= MAX_ELEMENT) {
      into.add(part);
    } else if (to - from == 1) {
      into.add(part(new Object[] {Failure.of(tooLong(part.length))}));
    } else {
      int middle = (from + to) >>> 1;
      encode(elements, from, middle, into);
      encode(elements, middle, to, into);
    }
  }

  private static ValueTooLongException tooLong(int length) {
    return new ValueTooLongException(
        "an item or result of " + length + " bytes; at most " + MAX_ELEMENT);
  }

  /** One part, however long; elements that can not be serialized are replaced in the array. */
  private static byte[] part(Object[] elements) {
    try {
      return serialize(elements);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      for (int i = 0; i < elements.length; i++) {
        elements[i] = serializable(elements[i]);
      }
    }
    try {
      return serialize(elements);
    } catch (IOException e) {
      throw new IllegalStateException("an element is serializable only now and then", e);
    }
  }

  private static Object serializable(Object element) {
    try {
      Serial.toBytes(element);
      return element;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      return Failure.of(e);
    }
  }

  private static byte[] serialize(Object[] elements) throws IOException {
    return Serial.toBytes(elements.length, elements);
  }

  /** How many elements a part has. */
  static int count(byte[] part) {
    return ByteBuffer.wrap(part).getInt();
  }

  /** The elements of one part. */
  static Object[] decode(byte[] part) {
    try {
      return (Object[]) Serial.fromBytes(part, Integer.BYTES);
    } catch (IOException | ClassNotFoundException | RuntimeException | LinkageError e) {
      Object[] failures = new Object[count(part)];
      Arrays.fill(failures, Failure.of(e));
      return failures;
    }
  }

  /** The elements of several parts. */
  static Object[] decode(List<byte[]> parts) {
    if (parts.size() == 1) {
      return decode(parts.get(0));
    }
    List<Object> all = new ArrayList<>();
    parts.forEach(part -> all.addAll(Arrays.asList(decode(part))));
    return all.toArray();
  }
}
