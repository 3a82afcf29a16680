package io.zproc.shm.internal.server;

import io.zproc.shm.internal.layout.ControlDescriptor;
import io.zproc.shm.internal.offheap.IntList;
import io.zproc.shm.internal.offheap.PagePool;
import io.zproc.shm.internal.slots.SlotMap;

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

  /** Those that were given a slot here, in that order; some have left, and may be others since. */
  final IntList entries;

  /** How many of them have their value here. */
  int live;

  /** How many slots it has room for; once it is full, how many it turned out to have. */
  long capacity;

  Extent(int sizeClass, int number, int place, SlotMap map, long capacity, PagePool pool) {
    this.entries = new IntList(pool);
    this.capacity = capacity;
    this.sizeClass = sizeClass;
    this.number = number;
    this.place = place;
    this.map = map;
    this.bytes = map.size();
    this.slotBytes = bytes / capacity;
  }

  /**
   * What entries have in its place: size class and place, so a map that goes leaves it to others.
   */
  int id() {
    return sizeClass * ControlDescriptor.MAP_PLACES + place;
  }

  static int sizeClass(int id) {
    return id / ControlDescriptor.MAP_PLACES;
  }

  static int place(int id) {
    return id % ControlDescriptor.MAP_PLACES;
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
