package io.zproc.shm.internal.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** A namespace in the server. */
final class Namespace {
  final int id;
  final String name;

  /**
   * Its keys, also removed ones that still have a slot, each at a place that it keeps; null where
   * there is none. Scans walk along it.
   */
  final List<Entry> entries = new ArrayList<>();

  private final ArrayDeque<Integer> holes = new ArrayDeque<>();

  /** The revision of the last commit that changed something in it. */
  long version;

  /** How many keys are there. */
  long count;

  Namespace(int id, String name) {
    this.id = id;
    this.name = name;
  }

  void add(Entry entry) {
    Integer hole = holes.poll();
    while (hole != null && hole >= entries.size()) {
      hole = holes.poll();
    }
    if (hole != null) {
      entry.place = hole;
      entries.set(hole, entry);
    } else {
      entry.place = entries.size();
      entries.add(entry);
    }
  }

  void remove(Entry entry) {
    entries.set(entry.place, null);
    holes.add(entry.place);
    int last = entries.size() - 1;
    while (last >= 0 && entries.get(last) == null) {
      entries.remove(last--);
    }
  }
}
