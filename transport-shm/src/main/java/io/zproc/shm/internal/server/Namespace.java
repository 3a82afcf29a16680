package io.zproc.shm.internal.server;

import io.zproc.shm.internal.offheap.IntList;
import io.zproc.shm.internal.offheap.PagePool;

/** A namespace in the server. */
final class Namespace {
  final int id;
  final String name;

  /**
   * Its keys, also removed ones that still have a slot, each at a place that it keeps; {@link
   * Entries#NONE} where there is none. Scans walk along it.
   */
  final IntList entries;

  /** Places without a key; some may be behind the last one. */
  private final IntList holes;

  /** The revision of the last commit that changed something in it. */
  long version;

  /** How many keys are there. */
  long count;

  Namespace(int id, String name, PagePool pool) {
    this.id = id;
    this.name = name;
    this.entries = new IntList(pool);
    this.holes = new IntList(pool);
  }

  /** Returns the entry's place. */
  int add(int entry) {
    while (holes.size() > 0) {
      int hole = holes.removeLast();
      if (hole < entries.size()) {
        entries.set(hole, entry);
        return hole;
      }
    }
    entries.add(entry);
    return entries.size() - 1;
  }

  void remove(int place) {
    entries.set(place, Entries.NONE);
    holes.add(place);
    while (entries.size() > 0 && entries.get(entries.size() - 1) == Entries.NONE) {
      entries.removeLast();
    }
  }
}
