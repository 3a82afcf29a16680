package io.zproc.shm.internal.server;

import io.zproc.shm.internal.slots.SlotMap;
import java.util.ArrayList;
import java.util.List;

/** One map of a size class in the server: which keys were given slots there, how many use them. */
final class Extent {
  final int sizeClass;

  /** Not used again in the generation. */
  final int number;

  /** Where in the control file's table it is. */
  final int place;

  final SlotMap map;

  /** What it takes, in bytes. */
  final long bytes;

  /** What one slot takes, with its key and spare room. */
  final long slotBytes;

  /** Those that were given a slot here, in that order; some have left. */
  final List<Entry> entries = new ArrayList<>();

  /** How many of them have their value here. */
  int live;

  /** How many slots it has room for; once it is full, how many it turned out to have. */
  long capacity;

  Extent(int sizeClass, int number, int place, SlotMap map, long capacity) {
    this.capacity = capacity;
    this.sizeClass = sizeClass;
    this.number = number;
    this.place = place;
    this.map = map;
    this.bytes = map.size();
    this.slotBytes = bytes / capacity;
  }

  /** Whether at most so many of a hundred slots are in use. */
  boolean isUsedAtMost(int percent) {
    return live * 100L <= capacity * percent;
  }

  /** How many slots can still be made. */
  long room() {
    return capacity - entries.size();
  }
}
