package io.zproc.internal.state;

import io.zproc.internal.collect.Entry;
import io.zproc.internal.collect.PersistentMap;
import io.zproc.spi.Cell;
import java.util.Arrays;

/** One key in its encoded form, with the handle by which its value is read; equal by its bytes. */
final class KeyRef {
  final byte[] bytes;
  final int hash;
  final Cell cell;

  /**
   * The array of the entry found last. Read and written without synchronization, and only compared:
   * its content is looked at nowhere.
   */
  private byte[] known;

  KeyRef(byte[] bytes, int hash, Cell cell) {
    this.bytes = bytes;
    this.hash = hash;
    this.cell = cell;
  }

  /** The key of an entry or a change, which is not read from the server. */
  KeyRef(byte[] bytes, int hash) {
    this(bytes, hash, null);
  }

  /** The entry of this key, or null. */
  Entry in(PersistentMap map) {
    Entry entry = map.get(bytes, hash, known);
    if (entry != null && entry.key != known) {
      known = entry.key;
    }
    return entry;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyRef ref && hash == ref.hash && Arrays.equals(bytes, ref.bytes);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
