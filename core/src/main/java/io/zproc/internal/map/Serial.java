package io.zproc.internal.map;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;

/** Java serialization to and from bytes. */
final class Serial {
  private Serial() {}

  static byte[] toBytes(Object value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    write(value, bytes);
    return bytes.toByteArray();
  }

  /** As {@link #toBytes(Object)}, behind a number (4, big-endian). */
  static byte[] toBytes(int number, Object value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    new DataOutputStream(bytes).writeInt(number);
    write(value, bytes);
    return bytes.toByteArray();
  }

  private static void write(Object value, ByteArrayOutputStream to) throws IOException {
    try (ObjectOutputStream out = new ObjectOutputStream(to)) {
      out.writeObject(value);
    }
  }

  static Object fromBytes(byte[] bytes, int offset) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in =
        new Input(new ByteArrayInputStream(bytes, offset, bytes.length - offset))) {
      return in.readObject();
    }
  }

  /** Looks in the thread's class loader first, where the user's classes may be. */
  private static final class Input extends ObjectInputStream {
    Input(ByteArrayInputStream bytes) throws IOException {
      super(bytes);
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description)
        throws IOException, ClassNotFoundException {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      if (loader == null) {
        return super.resolveClass(description);
      }
      try {
        return Class.forName(description.getName(), false, loader);
      } catch (ClassNotFoundException e) {
        return super.resolveClass(description);
      }
    }
  }
}
