package io.zproc.internal.map;

import io.zproc.ValueTooLongException;
import io.zproc.internal.process.Serialization;
import io.zproc.internal.protocol.Limits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Items or results as a row of arrays. What can not be serialized is replaced by a {@link Failure},
 * what can not be read is read as such. Stateless.
 */
final class Chunks {
  /** A part is not longer unless it has but one element. */
  static final int MAX_PART = 1 << 20;

  private static final int MAX_ELEMENT = Limits.MAX_VALUE - 1024;

  private Chunks() {}

  /** At least one part, even without elements. */
  static List<Part> encode(Object... elements) {
    List<Part> parts = new ArrayList<>(1);
    encode(elements, 0, elements.length, parts);
    return parts;
  }

  /** A chunk of nothing but one failure. */
  static List<Part> failures(int count, Throwable reason) {
    return encode(Collections.nCopies(count, Failure.of(reason)).toArray());
  }

  private static void encode(Object[] elements, int from, int to, List<Part> into) {
    int count = to - from;
    byte[] bytes = serialize(Arrays.copyOfRange(elements, from, to, Object[].class));
    if (bytes.length <= MAX_PART || count == 1 && bytes.length <= MAX_ELEMENT) {
      into.add(new Part(count, bytes));
    } else if (count == 1) {
      into.addAll(failures(1, tooLong(bytes.length)));
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

  /** Elements that can not be serialized are replaced in the array. */
  private static byte[] serialize(Object[] elements) {
    try {
      return Elements.write(elements);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      for (int i = 0; i < elements.length; i++) {
        elements[i] = serializable(elements[i]);
      }
    }
    try {
      return Elements.write(elements);
    } catch (IOException e) {
      throw new IllegalStateException("an element is serializable only now and then", e);
    }
  }

  private static Object serializable(Object element) {
    try {
      Serialization.write(element);
      return element;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      return Failure.of(e);
    }
  }

  /**
   * @param count how many elements all parts have together
   */
  static Object[] decode(List<byte[]> parts, int count) {
    try {
      return decode(parts, count, Serialization::read);
    } catch (IOException | ClassNotFoundException | RuntimeException | LinkageError e) {
      return Collections.nCopies(count, Failure.of(e)).toArray();
    }
  }

  /**
   * As the other, but fails as a whole.
   *
   * @param reader reads what is not plain data
   */
  static Object[] decode(List<byte[]> parts, int count, ObjectReader reader)
      throws IOException, ClassNotFoundException {
    Object[] elements = new Object[count];
    int filled = 0;
    for (byte[] part : parts) {
      Object[] some = Elements.read(part, reader);
      System.arraycopy(some, 0, elements, filled, some.length);
      filled += some.length;
    }
    return elements;
  }
}
