package io.zproc.internal.state;

import io.zproc.codec.ByteReader;
import io.zproc.codec.MalformedValueException;

/** Finds the bytes in an encoded {@code byte[]} without decoding it. */
final class Binary {
  private static final int BIN8 = 0xc4;
  private static final int BIN16 = 0xc5;
  private static final int BIN32 = 0xc6;

  private Binary() {}

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
