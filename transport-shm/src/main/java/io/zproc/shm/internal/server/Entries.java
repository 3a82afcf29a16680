package io.zproc.shm.internal.server;

import io.zproc.codec.ByteWriter;
import io.zproc.shm.internal.layout.SlotDescriptor;
import io.zproc.shm.internal.offheap.PagePool;
import io.zproc.shm.internal.offheap.RecordList;
import io.zproc.shm.internal.os.Memory;
import io.zproc.shm.internal.slots.SlotKey;

/**
 * What the server knows of each key that is, or was, in the state: a record outside the heap, known
 * by its number, so that the garbage collector has nothing to do with keys, however many there are.
 * The key is in front of its slot, the value in the slot. The server's thread only.
 *
 * <pre>
 *    0  version (8)       the revision that wrote or removed the value, 0 for never
 *    8  slot (8)          the address of its slot of class 0
 *   16  touched by (8)    the commit that named it last
 *   24  copied at (8)     the revision of the newest checkpoint that has it
 *   32  hash (4)
 *   36  namespace (4)
 *   40  key length (4)    in bytes
 *   44  length (4)        of the value in bytes, −1 when the key is not there
 *   48  next (4)          the entry behind it in its bucket of the key table
 *   52  place (4)         its index among the keys of its namespace
 *   56  home (4)          the map of its slot, −1 when the record is no entry any more
 *   60  large slots (4)   in {@link LargeSlots}, 0 for none
 * </pre>
 *
 * An entry keeps its number as long as it has a slot. Afterwards the number may become another
 * key's, so who keeps one for longer compares the home.
 */
final class Entries {
  /** No entry: looks like one of a key that was never there. */
  static final int NONE = 0;

  private static final int RECORD_BYTES = 64;
  private static final int VERSION = 0;
  private static final int SLOT = VERSION + Long.BYTES;
  private static final int TOUCHED_BY = SLOT + Long.BYTES;
  private static final int COPIED_AT = TOUCHED_BY + Long.BYTES;
  private static final int HASH = COPIED_AT + Long.BYTES;
  private static final int NAMESPACE = HASH + Integer.BYTES;
  private static final int KEY_LENGTH = NAMESPACE + Integer.BYTES;
  private static final int LENGTH = KEY_LENGTH + Integer.BYTES;
  private static final int NEXT = LENGTH + Integer.BYTES;
  private static final int PLACE = NEXT + Integer.BYTES;
  private static final int HOME = PLACE + Integer.BYTES;
  private static final int LARGE_SLOTS = HOME + Integer.BYTES;

  private static final int NO_HOME = -1;

  private final RecordList records;

  Entries(PagePool pool) {
    records = new RecordList(pool, RECORD_BYTES);
    add(0, 0, 0, 0, NO_HOME);
  }

  /** The entry of a key that has a slot now and was never there. */
  int add(int namespace, int hash, int keyLength, long slot, int home) {
    int entry = records.take();
    long record = records.address(entry);
    Memory.putLong(record + VERSION, 0);
    Memory.putLong(record + SLOT, slot);
    Memory.putLong(record + TOUCHED_BY, 0);
    Memory.putLong(record + COPIED_AT, 0);
    Memory.putInt(record + HASH, hash);
    Memory.putInt(record + NAMESPACE, namespace);
    Memory.putInt(record + KEY_LENGTH, keyLength);
    Memory.putInt(record + LENGTH, SlotDescriptor.ABSENT);
    Memory.putInt(record + NEXT, NONE);
    Memory.putInt(record + PLACE, 0);
    Memory.putInt(record + HOME, home);
    Memory.putInt(record + LARGE_SLOTS, 0);
    return entry;
  }

  /** Takes the record of an entry back that nobody has any more, but for lists of maps. */
  void remove(int entry) {
    Memory.putInt(records.address(entry) + HOME, NO_HOME);
    Memory.putInt(records.address(entry) + LARGE_SLOTS, 0);
    records.give(entry);
  }

  long version(int entry) {
    return Memory.getLong(records.address(entry) + VERSION);
  }

  /** Of the value in bytes, −1 when the key is not there. */
  int length(int entry) {
    return Memory.getInt(records.address(entry) + LENGTH);
  }

  /** Notes what its slot has. */
  void written(int entry, long version, int length) {
    long record = records.address(entry);
    Memory.putLong(record + VERSION, version);
    Memory.putInt(record + LENGTH, length);
  }

  boolean isPresent(int entry) {
    return length(entry) >= 0;
  }

  boolean isLarge(int entry) {
    return length(entry) > SlotDescriptor.INLINE_CAPACITY;
  }

  long slot(int entry) {
    return Memory.getLong(records.address(entry) + SLOT);
  }

  /** The {@link Extent#id} of the map that has its slot. */
  int home(int entry) {
    return Memory.getInt(records.address(entry) + HOME);
  }

  void moved(int entry, long slot, int home) {
    Memory.putLong(records.address(entry) + SLOT, slot);
    Memory.putInt(records.address(entry) + HOME, home);
  }

  long touchedBy(int entry) {
    return Memory.getLong(records.address(entry) + TOUCHED_BY);
  }

  void touchedBy(int entry, long commit) {
    Memory.putLong(records.address(entry) + TOUCHED_BY, commit);
  }

  long copiedAt(int entry) {
    return Memory.getLong(records.address(entry) + COPIED_AT);
  }

  void copiedAt(int entry, long revision) {
    Memory.putLong(records.address(entry) + COPIED_AT, revision);
  }

  int hash(int entry) {
    return Memory.getInt(records.address(entry) + HASH);
  }

  int namespace(int entry) {
    return Memory.getInt(records.address(entry) + NAMESPACE);
  }

  int next(int entry) {
    return Memory.getInt(records.address(entry) + NEXT);
  }

  void next(int entry, int next) {
    Memory.putInt(records.address(entry) + NEXT, next);
  }

  int place(int entry) {
    return Memory.getInt(records.address(entry) + PLACE);
  }

  void place(int entry, int place) {
    Memory.putInt(records.address(entry) + PLACE, place);
  }

  int largeSlots(int entry) {
    return Memory.getInt(records.address(entry) + LARGE_SLOTS);
  }

  void largeSlots(int entry, int large) {
    Memory.putInt(records.address(entry) + LARGE_SLOTS, large);
  }

  /** Whether it is the one of that key. */
  boolean isOf(int entry, int namespace, int hash, byte[] array, int offset, int length) {
    long record = records.address(entry);
    return Memory.getInt(record + HASH) == hash
        && Memory.getInt(record + NAMESPACE) == namespace
        && Memory.getInt(record + KEY_LENGTH) == length
        && Memory.equals(keyAddress(entry), array, offset, length);
  }

  int keyLength(int entry) {
    return Memory.getInt(records.address(entry) + KEY_LENGTH);
  }

  /** A copy of its key. */
  byte[] key(int entry) {
    byte[] key = new byte[keyLength(entry)];
    Memory.copyOut(keyAddress(entry), key, 0, key.length);
    return key;
  }

  /** Appends its key, as a blob. */
  void writeKey(int entry, ByteWriter out) {
    int length = keyLength(entry);
    int start = out.writeInt(length).position();
    out.position(start + length);
    Memory.copyOut(keyAddress(entry), out.array(), start, length);
  }

  /** A copy of its key as maps have it. */
  byte[] slotKey(int entry) {
    return SlotKey.read(slot(entry), keyLength(entry));
  }

  private long keyAddress(int entry) {
    return SlotKey.address(slot(entry), keyLength(entry));
  }
}
