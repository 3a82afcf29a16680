package io.zproc.shm.internal.client;

import io.zproc.shm.internal.layout.Control;
import io.zproc.shm.internal.layout.Directory;
import io.zproc.shm.internal.slots.SizeClass;
import io.zproc.shm.internal.slots.SlotMap;
import java.util.ArrayList;
import java.util.List;

/**
 * The state map of one generation, as readers have it: opened map by map, when a key is looked for.
 * Thread-safe. As long as it is reachable, so are the slots.
 */
final class ClientSlots {
  final long generation;
  private final Directory directory;
  private final Control control;
  private final List<List<SlotMap>> maps = new ArrayList<>();

  ClientSlots(Directory directory, Control control, long generation) {
    this.directory = directory;
    this.control = control;
    this.generation = generation;
    for (int sizeClass = 0; sizeClass < SizeClass.COUNT; sizeClass++) {
      maps.add(new ArrayList<>());
    }
  }

  /** The slot of a key, 0 if it has none yet. */
  long find(byte[] slotKey) {
    // The newest maps are the largest.
    for (int extent = control.extents(0) - 1; extent >= 0; extent--) {
      long address = map(0, extent).find(slotKey);
      if (address != 0) {
        return address;
      }
    }
    return 0;
  }

  /** The slot for a long value of a key, in the map that its slot of class 0 names. */
  long findLarge(byte[] slotKey, int sizeClass, int extent) {
    return map(sizeClass, extent).find(slotKey);
  }

  private synchronized SlotMap map(int sizeClass, int extent) {
    List<SlotMap> extents = maps.get(sizeClass);
    while (extents.size() <= extent) {
      int next = extents.size();
      extents.add(
          SlotMap.open(
              SlotMap.path(directory.path(), generation, sizeClass, next), sizeClass, next));
    }
    return extents.get(extent);
  }
}
