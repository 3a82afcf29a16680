package io.zproc.shm.internal.server;

import io.zproc.shm.internal.offheap.PagePool;
import io.zproc.shm.internal.offheap.RecordList;
import io.zproc.shm.internal.os.Memory;

/**
 * The slots of a class above 0 that entries have: few do, so these are records of their own. The
 * server's thread only.
 *
 * <pre>
 *    0  address (8)        of the slot that a long value is in; kept when the value shrinks
 *    8  next address (8)   of a larger slot that was made for the next value
 *   16  map (4)            the {@link Extent#id} of the former's map, 0 for none
 *   20  next map (4)       of the latter's
 * </pre>
 */
final class LargeSlots {
  private static final int NONE = 0;
  private static final int RECORD_BYTES = 32;
  private static final int ADDRESS = 0;
  private static final int NEXT_ADDRESS = ADDRESS + Long.BYTES;
  private static final int MAP = NEXT_ADDRESS + Long.BYTES;
  private static final int NEXT_MAP = MAP + Integer.BYTES;

  private final Entries entries;
  private final RecordList records;

  LargeSlots(PagePool pool, Entries entries) {
    this.entries = entries;
    records = new RecordList(pool, RECORD_BYTES);
    clear(records.take());
  }

  private void clear(int large) {
    long record = records.address(large);
    Memory.putLong(record + ADDRESS, 0);
    Memory.putLong(record + NEXT_ADDRESS, 0);
    Memory.putInt(record + MAP, NONE);
    Memory.putInt(record + NEXT_MAP, NONE);
  }

  private long record(int entry) {
    return records.address(entries.largeSlots(entry));
  }

  private long ensureRecord(int entry) {
    if (entries.largeSlots(entry) == NONE) {
      int large = records.take();
      clear(large);
      entries.largeSlots(entry, large);
    }
    return record(entry);
  }

  /** To be called before the entry goes. */
  void remove(int entry) {
    int large = entries.largeSlots(entry);
    if (large != NONE) {
      records.give(large);
    }
  }

  long address(int entry) {
    return Memory.getLong(record(entry) + ADDRESS);
  }

  /** The map of the slot, 0 for none. */
  int map(int entry) {
    return Memory.getInt(record(entry) + MAP);
  }

  int nextMap(int entry) {
    return Memory.getInt(record(entry) + NEXT_MAP);
  }

  /** The class of the largest slot that it has, the next one included; 0 for none. */
  int sizeClass(int entry) {
    return Extent.sizeClass(Math.max(map(entry), nextMap(entry)));
  }

  void moved(int entry, long address, int map) {
    long record = record(entry);
    Memory.putLong(record + ADDRESS, address);
    Memory.putInt(record + MAP, map);
  }

  /** Gives the entry a larger slot for its next value. */
  void prepare(int entry, long address, int map) {
    long record = ensureRecord(entry);
    Memory.putLong(record + NEXT_ADDRESS, address);
    Memory.putInt(record + NEXT_MAP, map);
  }

  /** Makes the slot for the next value the current one. */
  void adoptNext(int entry) {
    long record = record(entry);
    int next = Memory.getInt(record + NEXT_MAP);
    if (Extent.sizeClass(next) > Extent.sizeClass(map(entry))) {
      moved(entry, Memory.getLong(record + NEXT_ADDRESS), next);
    }
    forgetNext(entry);
  }

  void forgetNext(int entry) {
    if (nextMap(entry) != NONE) {
      Memory.putInt(record(entry) + NEXT_MAP, NONE);
    }
  }

  void forget(int entry) {
    if (map(entry) != NONE) {
      Memory.putInt(record(entry) + MAP, NONE);
    }
  }
}
