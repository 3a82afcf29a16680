package io.zproc.internal.state;

import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.internal.collect.Entry;
import io.zproc.internal.collect.PersistentMap;
import io.zproc.spi.Cell;
import io.zproc.spi.ValueBuffer;
import java.util.Arrays;

/** One key in a transaction: what was read, and what it is now. */
final class Row<V> {
  final KeyRef ref;

  /** Whether the commit depends on what was read. */
  final boolean wasRead;

  /** The version read, 0 for absent. */
  final long version;

  private final byte[] original;
  boolean present;
  V value;
  private boolean replaced;

  private Row(KeyRef ref, boolean wasRead, long version, byte[] original, V value) {
    this.ref = ref;
    this.wasRead = wasRead;
    this.version = version;
    this.original = original;
    this.present = version != 0;
    this.value = value;
  }

  /** A row of a key whose value at the view does not matter. */
  static <V> Row<V> unread(KeyRef ref) {
    return new Row<>(ref, false, 0, null, null);
  }

  static <V> Row<V> absent(KeyRef ref) {
    return new Row<>(ref, true, 0, null, null);
  }

  static <V> Row<V> present(KeyRef ref, long version, byte[] encoded, Types<?, V> types) {
    V value = types.values().decodeMutable(new ByteReader(encoded));
    return new Row<>(ref, true, version, isMutable(value) ? encoded : null, value);
  }

  static <V> Row<V> read(KeyRef ref, ValueBuffer buffer, int length, Types<?, V> types) {
    if (length == Cell.ABSENT) {
      return absent(ref);
    }
    ByteReader in = Scratch.get().reader.wrap(buffer.bytes, 0, length);
    V value = types.values().decodeMutable(in);
    byte[] encoded = isMutable(value) ? Arrays.copyOf(buffer.bytes, length) : null;
    return new Row<>(ref, true, buffer.version, encoded, value);
  }

  private static boolean isMutable(Object value) {
    return value != null && !Immutables.isKnown(value.getClass());
  }

  /** Whether the key has kept its version up to revision {@code now}. */
  boolean isStillSo(ValueBuffer buffer, long now) {
    int length = ref.cell.read(buffer);
    return length == Cell.ABSENT
        ? version == 0 && buffer.version <= now
        : version == buffer.version;
  }

  /** Whether a snapshot has what was read. */
  boolean isAsIn(PersistentMap map) {
    Entry entry = ref.in(map);
    return version == (entry == null ? 0 : entry.version);
  }

  V put(V newValue) {
    V old = value;
    value = newValue;
    present = true;
    replaced = true;
    return old;
  }

  V remove() {
    V old = value;
    clear();
    replaced = true;
    return old;
  }

  void clear() {
    value = null;
    present = false;
    replaced = false;
  }

  /** Whether the commit has to write this key; after clearing, only what is there is written. */
  boolean isWritten(Types<?, V> types, boolean cleared) {
    if (replaced) {
      return present || !cleared && (version != 0 || !wasRead);
    }
    return present && original != null && isChanged(types);
  }

  private boolean isChanged(Types<?, V> types) {
    ByteWriter out = Scratch.get().key.clear();
    types.values().encode(value, out);
    return !Arrays.equals(original, 0, original.length, out.array(), 0, out.position());
  }
}
