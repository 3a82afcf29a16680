package io.zproc.shm.internal.server;

import io.zproc.CapacityException;
import java.util.List;

/*
 * How memory of removed keys is used again, although no key is ever removed from a Chronicle Map:
 * that takes its write lock, which a reader that has died in a lookup holds for ever. And although
 * no slot ever becomes another key's, so that no reader has to ask whose a slot is.
 *
 * A map of which at most half is in use is evacuated, as log-structured stores clean their segments.
 * Its entries are visited one by one, between commits, a few for each insert:
 *
 *   present: the map that is being filled gets a copy of the slot, complete before it can be found;
 *            the count of inserts is raised; the old slot is marked as left.
 *   absent:  the base revision is raised to the removal; the slot is marked as left; the entry is
 *            forgotten. Whoever looks the key up finds nothing, and that it is so since the base.
 *   long:    the payload is copied to another slot of its class, and the key's own slot is told
 *            where it is, both under no other guard than that slot's seqlock.
 *
 * Then the map is taken out of the table of maps, its memory is given back, its file deleted.
 *
 * A reader with the address of a slot that was left sees the mark, or, when the memory was given
 * back, zeros: a version that no value has. Both change the seqlock under which it reads, so it can
 * not take a part of one and a part of the other. It looks the key up again. A reader that looks it
 * up while it moves may look into the new map too early and into the old one too late, and finds
 * nothing; but then the count of inserts has changed since it began, and it begins again. So a copy
 * is found before the slot is left, and nobody reads a slot that is left as if it was current.
 */

/** Empties maps whose keys were mostly removed. The server's thread only. */
final class Evacuation {
  private static final int USED_PERCENT = 50;

  /** When the state has reached its size. */
  private static final int USED_PERCENT_WHEN_FULL = 80;

  /** So much of the limit is enough to gain at once, since everybody waits. */
  private static final int ENOUGH_SHARE = 16;

  /** So many bytes are visited for each that was put into slots or removed. */
  private static final int VISITED_TO_CHANGED = 4;

  private static final long LOOK_EVERY_BYTES = 64 << 10;
  private static final int VISIT_BYTES = 64;

  private final StateStore store;
  private final SlotStore slots;
  private final VictimSelection victims;

  /** The map that is being emptied, null for none, and how many of its entries were visited. */
  private Extent leaving;

  private int visited;
  private boolean underWay;
  private long changedSinceLook;

  Evacuation(StateStore store, SlotStore slots) {
    this.store = store;
    this.slots = slots;
    this.victims = new VictimSelection(slots.extents());
  }

  /** Goes on by so much as was changed since. */
  void advance() {
    long changed = slots.takeChanged();
    if (changed == 0) {
      return;
    }
    if (leaving == null) {
      changedSinceLook += changed;
      if (changedSinceLook < LOOK_EVERY_BYTES) {
        return;
      }
      changedSinceLook = 0;
      begin(victims.leastUsed(USED_PERCENT));
    } else {
      step(VISITED_TO_CHANGED * changed);
    }
  }

  private void begin(Extent extent) {
    leaving = extent;
    visited = 0;
  }

  private void step(long bytes) {
    try {
      for (long left = bytes; left > 0 && leaving != null; ) {
        left -= visitNext();
      }
    } catch (CapacityException e) {
      // Those that were visited have left for good; the others can stay.
      leaving = null;
    }
    // Moving does not count as change, or it would never end.
    slots.takeChanged();
  }

  private long visitNext() {
    if (visited == leaving.entries.size()) {
      slots.extents().drop(leaving);
      leaving = null;
      return 0;
    }
    underWay = true;
    try {
      long cost = visit(leaving.entries.get(visited));
      visited++;
      underWay = false;
      return cost;
    } catch (CapacityException e) {
      // Before anything was moved.
      underWay = false;
      throw e;
    }
  }

  /** Whether a move was begun and not finished: then readers may be left with an old slot. */
  boolean isUnderWay() {
    return underWay;
  }

  /**
   * Makes the map not be needed by an entry; returns what that has cost, in bytes. One that has
   * left it, or is another key's since, does not need it.
   */
  private long visit(int entry) {
    long cost = VISIT_BYTES + slots.leave(entry, leaving);
    if (slots.entries().home(entry) == leaving.id()) {
      store.forget(entry);
    }
    return cost;
  }

  /**
   * Empties some maps at once, be it with the help of a new one beyond the limit.
   *
   * @return false when there is nothing to gain
   */
  boolean reclaim() {
    Extents extents = slots.extents();
    long before = extents.bytes();
    List<Extent> wasteful =
        victims.wasteful(USED_PERCENT_WHEN_FULL, extents.maxBytes() / ENOUGH_SHARE);
    if (wasteful.isEmpty()) {
      return false;
    }
    extents.about(wasteful);
    try {
      for (Extent extent : wasteful) {
        extents.leave(extent);
        begin(extent);
        while (leaving != null) {
          visitNext();
        }
      }
    } finally {
      extents.about(List.of());
    }
    return extents.bytes() < before;
  }
}
