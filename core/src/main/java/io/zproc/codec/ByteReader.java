package io.zproc.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A view of a range of a byte array with a read position; numbers are big-endian. Reading past the
 * end of the range throws {@link MalformedValueException}, so that bytes from elsewhere can be read
 * without checks of one's own. Not thread-safe; re-pointed with {@link #wrap}.
 */
public final class ByteReader {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final byte[] EMPTY = {};

  private byte[] bytes = EMPTY;
  private int position;
  private int limit;

  public ByteReader() {}

  public ByteReader(byte[] bytes) {
    wrap(bytes, 0, bytes.length);
  }

  /** Points this view at {@code length} bytes from {@code offset}. */
  public ByteReader wrap(byte[] array, int offset, int length) {
    if (offset < 0 || length < 0 || length > array.length - offset) {
      throw new IndexOutOfBoundsException(
          "offset=" + offset + " length=" + length + " array=" + array.length);
    }
    bytes = array;
    position = offset;
    limit = offset + length;
    return this;
  }

  public byte[] array() {
    return bytes;
  }

  /** Index in {@link #array()} of the next byte. */
  public int position() {
    return position;
  }

  public ByteReader position(int newPosition) {
    if (newPosition < 0 || newPosition > limit) {
      throw new MalformedValueException("position " + newPosition + " of " + limit);
    }
    position = newPosition;
    return this;
  }

  /** Index in {@link #array()} behind the last byte. */
  public int limit() {
    return limit;
  }

  public int remaining() {
    return limit - position;
  }

  public byte peekByte() {
    require(1);
    return bytes[position];
  }

  public byte readByte() {
    require(1);
    return bytes[position++];
  }

  public int readUnsignedByte() {
    return readByte() & 0xff;
  }

  public short readShort() {
    require(2);
    short value = (short) SHORT.get(bytes, position);
    position += 2;
    return value;
  }

  public int readInt() {
    require(4);
    int value = (int) INT.get(bytes, position);
    position += 4;
    return value;
  }

  public long readLong() {
    require(8);
    long value = (long) LONG.get(bytes, position);
    position += 8;
    return value;
  }

  public byte[] readBytes(int length) {
    require(length);
    byte[] copy = Arrays.copyOfRange(bytes, position, position + length);
    position += length;
    return copy;
  }

  /** Reads a length of 4 bytes that must be covered by what follows. */
  public int readLength() {
    int length = readInt();
    require(length);
    return length;
  }

  /** Reads what {@link ByteWriter#writeBlob} wrote. */
  public byte[] readBlob() {
    return readBytes(readLength());
  }

  /** Reads what {@link ByteWriter#writeText} wrote. */
  public String readText() {
    int length = readLength();
    String text = new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    return text;
  }

  public ByteReader skip(int length) {
    require(length);
    position += length;
    return this;
  }

  /** Fails unless {@code length} more bytes can be read. */
  public void require(int length) {
    if (length < 0 || length > limit - position) {
      throw new MalformedValueException(
          "needs " + length + " more bytes, " + (limit - position) + " are left");
    }
  }
}
