package io.zproc.spi;

/** A handle on one key, by which its current value is read. Thread-safe. */
public interface Cell {

  /** What {@link #read} returns for a key that is not there. */
  int ABSENT = -1;

  /** What {@link #readLong} returns when {@link #read} has to be used. */
  long NOT_A_LONG = 0x8000_2A2A_2A2A_2A2AL;

  /**
   * Reads a value that is a {@code long} as {@link io.zproc.codec.PlainCodec} writes it, without a
   * buffer; linearizable as {@link #read} is.
   *
   * @return the value, or {@link #NOT_A_LONG} when it is something else, absent, or can not be read
   *     in one go
   */
  default long readLong() {
    return NOT_A_LONG;
  }

  /** What {@link #readBytes} returns when {@link #read} has to be used. */
  int NOT_BYTES = -2;

  /**
   * Copies a value that is a {@code byte[]} as {@link io.zproc.codec.PlainCodec} writes it, without
   * a buffer between; linearizable as {@link #read} is. Without success the target's content is
   * void.
   *
   * @return the array's length, or {@link #NOT_BYTES} when the value is something else, longer than
   *     the target, absent, or can not be read in one go
   */
  default int readBytes(byte[] target) {
    return NOT_BYTES;
  }

  /**
   * Copies the encoded value to {@code into}, with the revision that wrote it.
   *
   * <p>Linearizable: the value is the newest one committed at some moment between call and return,
   * and {@link Connection#revision} called afterwards covers it.
   *
   * @return the length in bytes, or {@link #ABSENT}; then {@code into.version} is a revision at or
   *     before the call since which the key has not been there
   */
  int read(ValueBuffer into);
}
