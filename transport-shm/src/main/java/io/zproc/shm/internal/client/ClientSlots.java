package io.zproc.shm.internal.client;

import io.zproc.ZProcException;
import io.zproc.shm.internal.layout.Control;
import io.zproc.shm.internal.layout.Directory;
import io.zproc.shm.internal.layout.SlotDescriptor;
import io.zproc.shm.internal.os.Memory;
import io.zproc.shm.internal.slots.SizeClass;
import io.zproc.shm.internal.slots.SlotMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The state map of one generation, as readers have it: opened map by map, when a key is looked for.
 * Maps that the server has taken away are forgotten, and unmapped when no reader has a slot in them
 * any more. Thread-safe.
 */
final class ClientSlots {
  final long generation;
  private final Directory directory;
  private final Control control;

  /** For each size class the open maps, by number. */
  private final List<Map<Integer, SlotMap>> maps = new ArrayList<>();

  /** A slot, mapped as long as this is reachable. */
  record Found(SlotMap map, long address) {
    static final Found NOTHING = new Found(null, 0);
  }

  ClientSlots(Directory directory, Control control, long generation) {
    this.directory = directory;
    this.control = control;
    this.generation = generation;
    for (int sizeClass = 0; sizeClass < SizeClass.COUNT; sizeClass++) {
      maps.add(new HashMap<>());
    }
  }

  /**
   * The slot of a key. Nothing is found when it has none, but also when it is just being moved:
   * then the count of inserts has changed since before the call.
   */
  Found find(byte[] slotKey) {
    for (int place = control.extents(0) - 1; place >= 0; place--) {
      int number = control.extentAt(0, place);
      Found found = number < 0 ? Found.NOTHING : find(slotKey, 0, number);
      if (found.address != 0 && !isLeft(found)) {
        return found;
      }
    }
    return Found.NOTHING;
  }

  private static boolean isLeft(Found found) {
    return Memory.getIntVolatile(found.address + SlotDescriptor.LENGTH_OFFSET)
        == SlotDescriptor.LEFT;
  }

  /** The slot of a key in one map. Nothing is found when the map was taken away meanwhile. */
  Found find(byte[] slotKey, int sizeClass, int number) {
    try {
      SlotMap map = map(sizeClass, number);
      long address = map.find(slotKey);
      return address == 0 ? Found.NOTHING : new Found(map, address);
    } catch (RuntimeException e) {
      if (generation == control.generation() && isThere(sizeClass, number)) {
        throw e;
      }
      return Found.NOTHING;
    }
  }

  private boolean isThere(int sizeClass, int number) {
    for (int place = control.extents(sizeClass) - 1; place >= 0; place--) {
      if (control.extentAt(sizeClass, place) == number) {
        return true;
      }
    }
    return false;
  }

  /**
   * @throws ZProcException when the map was taken away
   */
  private synchronized SlotMap map(int sizeClass, int number) {
    Map<Integer, SlotMap> open = maps.get(sizeClass);
    SlotMap known = open.get(number);
    if (known != null) {
      return known;
    }
    open.keySet().removeIf(other -> !isThere(sizeClass, other));
    SlotMap opened =
        SlotMap.open(SlotMap.path(directory.path(), generation, sizeClass, number), sizeClass);
    open.put(number, opened);
    return opened;
  }
}
