package io.zproc.spi;

/**
 * Where {@link Cell#read} puts a value. Reused by one thread; it grows to the largest value read.
 */
public final class ValueBuffer {
  /** Bytes of slack behind the value, so that a transport can copy in whole words. */
  private static final int SLACK = 16;

  public byte[] bytes = new byte[256];
  public int length;
  public long version;

  /** Makes room for a value of {@code size} bytes; the content is lost. */
  public byte[] ensure(int size) {
    if (size + SLACK > bytes.length) {
      bytes = new byte[Math.max(size + SLACK, bytes.length * 2)];
    }
    return bytes;
  }
}
