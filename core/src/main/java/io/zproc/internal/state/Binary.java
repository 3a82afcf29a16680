package io.zproc.internal.state;

import io.zproc.codec.ByteReader;
import io.zproc.codec.MalformedValueException;

/** Finds the bytes in an encoded {@code byte[]} without decoding it. */
final class Binary {
  private static final int BIN8 = 0xc4;
  private static final int BIN16 = 0xc5;
  private static final int BIN32 = 0xc6;

  private Binary() {}

  /**
   * Copies an encoded value that is a {@code byte[]} to the target if it fits; returns its length.
   *
   * @param key for the complaint when it is something else
   */
  static int copy(Types<?, ?> types, Object key, byte[] encoded, int length, byte[] target) {
    Scratch scratch = Scratch.get();
    if (types.takesBytes()) {
      int from = payload(scratch.reader.wrap(encoded, 0, length));
      return copy(encoded, from, length - from, target);
    }
    if (types.decode(scratch.reader, encoded, 0, length) instanceof byte[] bytes) {
      return copy(bytes, 0, bytes.length, target);
    }
    throw new MalformedValueException("the value of " + key + " is no byte[]");
  }

  private static int copy(byte[] source, int from, int length, byte[] target) {
    if (length <= target.length) {
      System.arraycopy(source, from, target, 0, length);
    }
    return length;
  }

  /** Index of the first byte of a value that fills the reader. */
  static int payload(ByteReader value) {
    int length =
        switch (value.readUnsignedByte()) {
          case BIN8 -> value.readUnsignedByte();
          case BIN16 -> value.readShort() & 0xffff;
          case BIN32 -> value.readInt();
          default ->
              throw new MalformedValueException("a byte[] is expected, something else is there");
        };
    if (length != value.remaining()) {
      throw new MalformedValueException(
          "a byte[] of " + length + " bytes, " + value.remaining() + " are there");
    }
    return value.position();
  }
}
