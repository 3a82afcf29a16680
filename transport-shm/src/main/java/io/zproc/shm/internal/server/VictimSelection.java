package io.zproc.shm.internal.server;

import io.zproc.shm.internal.slots.SizeClass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which maps are to be emptied, as log-structured stores choose the segments that they clean. The
 * server's thread only.
 */
final class VictimSelection {
  private static final long LEAST_GAIN_BYTES = 256 << 10;
  private static final int SPARE_SHARE = 8;

  private final Extents extents;

  VictimSelection(Extents extents) {
    this.extents = extents;
  }

  /** The largest map of which at most so many of a hundred slots are in use; null for none. */
  Extent leastUsed(int percent) {
    Extent found = null;
    for (int sizeClass = 0; sizeClass < SizeClass.COUNT; sizeClass++) {
      for (Extent extent : extents.ofClass(sizeClass)) {
        if (extent != null
            && extent != extents.filling(sizeClass)
            && extent.isUsedAtMost(percent)
            && (found == null || extent.bytes > found.bytes)) {
          found = extent;
        }
      }
    }
    return found;
  }

  /**
   * The maps of the class that has most to gain by moving those who use them to one new map; empty
   * when that is hardly anything.
   *
   * @param percent how much of a map may be in use
   * @param enough no more maps are taken than gain so much, in bytes
   */
  List<Extent> wasteful(int percent, long enough) {
    List<Extent> found = List.of();
    long most = LEAST_GAIN_BYTES;
    for (int sizeClass = 0; sizeClass < SizeClass.COUNT; sizeClass++) {
      List<Extent> candidates = wasteful(sizeClass, percent, enough);
      long gain = gain(sizeClass, candidates);
      if (gain > most) {
        most = gain;
        found = candidates;
      }
    }
    return found;
  }

  private List<Extent> wasteful(int sizeClass, int percent, long enough) {
    Extent filling = extents.filling(sizeClass);
    List<Extent> candidates =
        extents.ofClass(sizeClass).stream()
            .filter(extent -> extent != null && extent.isUsedAtMost(percent))
            .filter(extent -> extent != filling || extent.live == 0 || extent.room() <= 0)
            .sorted(Comparator.comparingDouble(extent -> (double) extent.live / extent.capacity))
            .toList();
    List<Extent> taken = new ArrayList<>();
    for (int i = 0; i < candidates.size() && gain(sizeClass, taken) < enough; i++) {
      taken.add(candidates.get(i));
    }
    return taken;
  }

  /** What emptying those maps gives back, less what the map takes that their keys move to. */
  private long gain(int sizeClass, List<Extent> victims) {
    Extent filling = extents.filling(sizeClass);
    boolean isRoom = filling != null && !victims.contains(filling);
    long homeless = live(victims) - (isRoom ? Math.max(0, filling.room()) : 0);
    long gain = 0;
    for (Extent extent : victims) {
      gain += extent.bytes;
    }
    return homeless <= 0 || victims.isEmpty()
        ? gain
        : gain - slotsFor(sizeClass, homeless) * victims.get(0).slotBytes;
  }

  /** How many slots the map needs that all who use those maps move to. */
  static long slotsFor(int sizeClass, List<Extent> victims) {
    return slotsFor(sizeClass, live(victims));
  }

  private static long slotsFor(int sizeClass, long live) {
    return Math.max(SizeClass.fewestSlots(sizeClass), live + live / SPARE_SHARE);
  }

  private static long live(List<Extent> from) {
    return from.stream().mapToLong(extent -> extent.live).sum();
  }
}
