package io.zproc.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing array of bytes with a write position; numbers are big-endian. Reused between calls by
 * whoever owns it, so what is written must be copied out before the next {@link #clear}. Not
 * thread-safe.
 */
public final class ByteWriter {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes;
  private int position;

  public ByteWriter() {
    this(256);
  }

  public ByteWriter(int initialCapacity) {
    bytes = new byte[Math.max(16, initialCapacity)];
  }

  /** The array behind this writer; valid up to {@link #position()} and until the next write. */
  public byte[] array() {
    return bytes;
  }

  /** Bytes written so far. */
  public int position() {
    return position;
  }

  /** Moves the write position back, or forward over bytes whose content is then undefined. */
  public ByteWriter position(int newPosition) {
    ensure(newPosition - position);
    position = newPosition;
    return this;
  }

  /** Forgets what was written and keeps the array. */
  public ByteWriter clear() {
    position = 0;
    return this;
  }

  /** A copy of what was written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, position);
  }

  public ByteWriter writeByte(int value) {
    ensure(1);
    bytes[position++] = (byte) value;
    return this;
  }

  public ByteWriter writeShort(int value) {
    ensure(2);
    SHORT.set(bytes, position, (short) value);
    position += 2;
    return this;
  }

  public ByteWriter writeInt(int value) {
    ensure(4);
    INT.set(bytes, position, value);
    position += 4;
    return this;
  }

  public ByteWriter writeLong(long value) {
    ensure(8);
    LONG.set(bytes, position, value);
    position += 8;
    return this;
  }

  /** One byte, then 4 bytes. */
  public ByteWriter writeByteAndInt(int first, int value) {
    ensure(5);
    bytes[position] = (byte) first;
    INT.set(bytes, position + 1, value);
    position += 5;
    return this;
  }

  /** One byte, then 8 bytes. */
  public ByteWriter writeByteAndLong(int first, long value) {
    ensure(9);
    bytes[position] = (byte) first;
    LONG.set(bytes, position + 1, value);
    position += 9;
    return this;
  }

  public ByteWriter writeBytes(byte[] source, int offset, int length) {
    ensure(length);
    System.arraycopy(source, offset, bytes, position, length);
    position += length;
    return this;
  }

  public ByteWriter writeBytes(byte[] source) {
    return writeBytes(source, 0, source.length);
  }

  /** The length as 4 bytes, then the bytes. */
  public ByteWriter writeBlob(byte[] source, int offset, int length) {
    writeInt(length);
    return writeBytes(source, offset, length);
  }

  /** The length in bytes as 4 bytes, then the text as UTF-8. */
  public ByteWriter writeText(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return writeBlob(utf8, 0, utf8.length);
  }

  /** Overwrites 4 bytes at {@code index}, for a length that is known only afterwards. */
  public ByteWriter setInt(int index, int value) {
    INT.set(bytes, index, value);
    return this;
  }

  /** Overwrites 8 bytes at {@code index}. */
  public ByteWriter setLong(int index, long value) {
    LONG.set(bytes, index, value);
    return this;
  }

  /** Makes room for {@code length} more bytes in the array. */
  public ByteWriter ensure(int length) {
    if (length > bytes.length - position) {
      grow(length);
    }
    return this;
  }

  private void grow(int length) {
    long needed = (long) position + length;
    if (needed > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("more than 2 GiB in one message: needed=" + needed);
    }
    long doubled = Math.min(Integer.MAX_VALUE - 8L, bytes.length * 2L);
    bytes = Arrays.copyOf(bytes, (int) Math.max(needed, doubled));
  }
}
