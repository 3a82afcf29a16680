package io.zproc.spi;

/** A handle on one key, by which its current value is read. Thread-safe. */
public interface Cell {

  /** What {@link #read} returns for a key that is not there. */
  int ABSENT = -1;

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
