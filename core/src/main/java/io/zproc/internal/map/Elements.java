package io.zproc.internal.map;

import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.codec.PlainCodec;
import io.zproc.codec.UnsupportedValueException;
import io.zproc.internal.process.Serialization;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.Set;

/**
 * Arrays as bytes. If all elements are numbers, strings and the like, they are written as plain
 * data, which takes a tenth of the time; otherwise by Java serialization. The first byte tells
 * which. Stateless.
 */
final class Elements {
  /** Serialized objects begin with 0xAC. */
  private static final byte PLAIN = 1;

  private static final Set<Class<?>> PLAIN_CLASSES =
      Set.of(
          Boolean.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          Character.class,
          String.class);

  private Elements() {}

  static byte[] write(Object[] elements) throws IOException {
    if (!arePlain(elements)) {
      return Serialization.write(elements);
    }
    try {
      return writePlain(elements);
    } catch (UnsupportedValueException e) {
      return Serialization.write(elements);
    }
  }

  private static boolean arePlain(Object[] elements) {
    for (Object element : elements) {
      if (element != null && !PLAIN_CLASSES.contains(element.getClass())) {
        return false;
      }
    }
    return true;
  }

  private static byte[] writePlain(Object[] elements) {
    ByteWriter out = new ByteWriter().writeByte(PLAIN).writeInt(elements.length);
    for (Object element : elements) {
      PlainCodec.standard().encode(element, out);
    }
    return out.toByteArray();
  }

  /**
   * @param reader reads what is not plain data
   */
  static Object[] read(byte[] bytes, ObjectReader reader)
      throws IOException, ClassNotFoundException {
    if (bytes[0] != PLAIN) {
      return (Object[]) reader.read(bytes);
    }
    ByteReader in = new ByteReader(bytes);
    in.skip(1);
    int count = in.readInt();
    if (count < 0 || count > bytes.length) {
      throw new StreamCorruptedException(count + " elements in " + bytes.length + " bytes");
    }
    Object[] elements = new Object[count];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = PlainCodec.standard().decode(in);
    }
    return elements;
  }
}
