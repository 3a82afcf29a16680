package io.zproc.shm.internal.server;

import io.zproc.CapacityException;
import io.zproc.ZProcException;
import io.zproc.shm.internal.layout.Control;
import io.zproc.shm.internal.layout.ControlDescriptor;
import io.zproc.shm.internal.offheap.PagePool;
import io.zproc.shm.internal.os.FileSpace;
import io.zproc.shm.internal.os.Files600;
import io.zproc.shm.internal.os.Helper;
import io.zproc.shm.internal.slots.SizeClass;
import io.zproc.shm.internal.slots.SlotMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The maps of all size classes. Each class has one map that new slots are taken from; when that is
 * full it gets another one, which the helper has made ahead.
 *
 * <p>A map is twice as large as what is in use, so a growing state has few of them; but a state
 * that stays small while its keys change gets maps of a sixteenth of the limit at most.
 */
final class Extents {
  private static final Logger LOG = LoggerFactory.getLogger(Extents.class);
  private static final long LARGEST_BYTES = 64L << 20;
  private static final long LARGEST_FOR_CHANGE_BYTES = 16L << 20;
  private static final int LARGEST_FOR_CHANGE_SHARE = 16;

  /** The largest map is so large that a quarter of all places is enough. */
  private static final int PLACES_USED = ControlDescriptor.MAP_PLACES / 4;

  private final Path directory;
  private final Control control;
  private final long generation;
  private final long maxBytes;
  private final Helper helper;
  private final PagePool pool;
  private final OfClass[] classes = new OfClass[SizeClass.COUNT];
  private long bytes;
  private List<Extent> aboutToGo = List.of();

  /** The maps of one size class. */
  private static final class OfClass {
    /** By place; null where there is none. */
    final List<Extent> extents = new ArrayList<>();

    Extent filling;
    int nextNumber;

    /** The map that the helper makes ahead of need, null for none, and how many slots it has. */
    Future<SlotMap> upcoming;

    long upcomingSlots;
  }

  Extents(
      Path directory,
      Control control,
      long generation,
      long maxBytes,
      Helper helper,
      PagePool pool) {
    this.pool = pool;
    this.directory = directory;
    this.control = control;
    this.generation = generation;
    this.maxBytes = maxBytes;
    this.helper = helper;
    Arrays.setAll(classes, sizeClass -> new OfClass());
  }

  /** Removes the maps of earlier generations, and their memory even where they are still mapped. */
  static void deleteAll(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(Extents::isMap).toList()) {
        FileSpace.release(file);
        Files600.deleteQuietly(file);
      }
    } catch (IOException e) {
      throw new ZProcException("can not clear " + directory + ": " + e, e);
    }
  }

  private static boolean isMap(Path file) {
    return file.getFileName().toString().startsWith("map.");
  }

  /** Makes the first map, so that readers find one. */
  void start() {
    for (int sizeClass = 0; sizeClass < SizeClass.COUNT; sizeClass++) {
      control.extents(sizeClass, 0);
      for (int place = 0; place < ControlDescriptor.MAP_PLACES; place++) {
        control.extentAt(sizeClass, place, -1);
      }
    }
    add(0);
  }

  /** The map with that {@link Extent#id}. */
  Extent get(int id) {
    return classes[Extent.sizeClass(id)].extents.get(Extent.place(id));
  }

  /** The map that new slots of a class are taken from; null before the first. */
  Extent filling(int sizeClass) {
    return classes[sizeClass].filling;
  }

  /** Has the next map made when the one at hand is half full: to be called behind an insert. */
  void prepareNext(int sizeClass) {
    OfClass of = classes[sizeClass];
    if (of.upcoming != null || of.filling.room() * 2 >= of.filling.capacity) {
      return;
    }
    long slots = nextSlots(sizeClass);
    if (fits(sizeClass, slots)) {
      int number = of.nextNumber;
      of.upcomingSlots = slots;
      of.upcoming =
          helper.submit(() -> SlotMap.create(directory, generation, sizeClass, number, slots));
    }
  }

  /**
   * Adds a map and takes new slots from it.
   *
   * @throws CapacityException when that would be more than the limit
   */
  Extent add(int sizeClass) {
    OfClass of = classes[sizeClass];
    if (!aboutToGo.isEmpty()) {
      return add(sizeClass, VictimSelection.slotsFor(sizeClass, aboutToGo));
    }
    long slots = of.upcoming != null ? of.upcomingSlots : nextSlots(sizeClass);
    while (!fits(sizeClass, slots) && slots > SizeClass.fewestSlots(sizeClass)) {
      slots /= 2;
    }
    if (!fits(sizeClass, slots)) {
      throw new CapacityException(
          "the state has reached its size: it takes "
              + bytes
              + " bytes, "
              + slots * SizeClass.slotLength(sizeClass)
              + " more are needed, "
              + maxBytes
              + " are allowed; start the server with a larger maxStateBytes");
    }
    return addOnDisk(sizeClass, slots);
  }

  /** A file system that has no room for a map of that size may have it for a smaller one. */
  private Extent addOnDisk(int sizeClass, long wanted) {
    for (long slots = wanted; ; slots /= 2) {
      try {
        return add(sizeClass, slots);
      } catch (CapacityException e) {
        if (slots / 2 < SizeClass.fewestSlots(sizeClass)) {
          throw e;
        }
      }
    }
  }

  private Extent add(int sizeClass, long slots) {
    OfClass of = classes[sizeClass];
    int place = freePlace(of);
    int number = of.nextNumber;
    Extent added = new Extent(sizeClass, number, place, take(sizeClass, slots), slots, pool);
    of.nextNumber++;
    of.extents.set(place, added);
    if (of.filling != null) {
      leave(of.filling);
    }
    of.filling = added;
    bytes += added.bytes;
    control.extentAt(sizeClass, place, number);
    control.extents(sizeClass, of.extents.size());
    return added;
  }

  private static int freePlace(OfClass of) {
    int place = of.extents.indexOf(null);
    if (place >= 0) {
      return place;
    }
    if (of.extents.size() == ControlDescriptor.MAP_PLACES) {
      throw new CapacityException("the state has " + of.extents.size() + " maps of one size class");
    }
    of.extents.add(null);
    return of.extents.size() - 1;
  }

  private SlotMap take(int sizeClass, long slots) {
    OfClass of = classes[sizeClass];
    Future<SlotMap> future = of.upcoming;
    of.upcoming = null;
    if (future != null) {
      try {
        SlotMap map = future.get();
        if (of.upcomingSlots == slots) {
          return map;
        }
        map.discard();
      } catch (InterruptedException | ExecutionException e) {
        LOG.debug("the helper did not make a map of class {}", sizeClass, e);
      }
    }
    return SlotMap.create(directory, generation, sizeClass, of.nextNumber, slots);
  }

  private long nextSlots(int sizeClass) {
    OfClass of = classes[sizeClass];
    long fewest = SizeClass.fewestSlots(sizeClass);
    long live = 0;
    for (Extent extent : of.extents) {
      live += extent == null ? 0 : extent.live;
    }
    long forGrowth = 2 * Long.highestOneBit(live);
    long forChange =
        Math.min(
            fewest << Math.min(of.nextNumber, 30),
            SizeClass.slotsIn(
                sizeClass,
                Math.min(LARGEST_FOR_CHANGE_BYTES, maxBytes / LARGEST_FOR_CHANGE_SHARE)));
    long most =
        SizeClass.slotsIn(
            sizeClass, Math.max(LARGEST_BYTES, Long.highestOneBit(maxBytes / PLACES_USED)));
    return Math.max(fewest, Math.min(most, Math.max(forGrowth, forChange)));
  }

  private boolean fits(int sizeClass, long slots) {
    return bytes + slots * SizeClass.slotLength(sizeClass) <= maxBytes;
  }

  /** Takes a map away that nobody uses any more. */
  void drop(Extent extent) {
    control.extentAt(extent.sizeClass, extent.place, -1);
    classes[extent.sizeClass].extents.set(extent.place, null);
    bytes -= extent.bytes;
    extent.entries.clear();
    helper.submit(
        () -> {
          extent.map.discard();
          return null;
        });
  }

  /** The maps of a class by place, null where there is none; not to be changed. */
  List<Extent> ofClass(int sizeClass) {
    return classes[sizeClass].extents;
  }

  /** Has no new slots taken from a map any more. */
  void leave(Extent extent) {
    if (classes[extent.sizeClass].filling == extent) {
      classes[extent.sizeClass].filling = null;
    }
    extent.capacity = extent.entries.size();
  }

  /** Which maps are about to go: those for their entries may be added beyond the limit. */
  void about(List<Extent> toGo) {
    aboutToGo = toGo;
  }

  /** What all maps take, in bytes. */
  long bytes() {
    return bytes;
  }

  long maxBytes() {
    return maxBytes;
  }
}
