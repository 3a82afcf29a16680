package io.zproc.shm.internal.client;

import static io.zproc.shm.internal.layout.SlotDescriptor.EXTENT_OFFSET;
import static io.zproc.shm.internal.layout.SlotDescriptor.INLINE_CAPACITY;
import static io.zproc.shm.internal.layout.SlotDescriptor.LENGTH_OFFSET;
import static io.zproc.shm.internal.layout.SlotDescriptor.PAYLOAD_OFFSET;
import static io.zproc.shm.internal.layout.SlotDescriptor.SEQLOCK_OFFSET;
import static io.zproc.shm.internal.layout.SlotDescriptor.SIZE_CLASS_OFFSET;
import static io.zproc.shm.internal.layout.SlotDescriptor.VERSION_OFFSET;

import io.zproc.shm.internal.layout.Control;
import io.zproc.shm.internal.os.Memory;
import io.zproc.shm.internal.slots.SizeClass;
import io.zproc.spi.Cell;
import io.zproc.spi.ValueBuffer;
import java.lang.ref.Reference;

/**
 * Reads the value of one key from its slot: no lock, no system call, no allocation, no server.
 *
 * <p>The slot's address is looked up once in each generation. Then a read is that of a seqlock: the
 * counter with acquire order, the content, a load fence, the counter again; an odd or changed counter
 * means that the server was writing, and to read again. At the end the generation is looked at: had
 * the server gone on to another one, the memory may have been given back and what was read is void.
 *
 * <p>What was read may be newer than the published revision for the moment between the server's last
 * two stores of a commit; the read waits until it is published, so that whoever learns of the value
 * finds it in snapshots and events too.
 */
final class ShmCell implements Cell {
  private static final int RETRY = -2;
  private static final int SPINS = 1000;

  private final ShmConnection connection;
  private final Control control;
  private final byte[] slotKey;

  /** Written by any reader; one is as good as another. */
  private volatile Location location = Location.NONE;

  /**
   * Where the key was found.
   *
   * @param slots keeps the memory mapped
   * @param slot 0 when the key had no slot while the count of inserts was {@code inserts}
   * @param large the slot of a long value, of class {@code largeClass}
   */
  private record Location(
      ClientSlots slots, long generation, long slot, long inserts, int largeClass, long large) {
    static final Location NONE = new Location(null, -1, 0, -1, 0, 0);
  }

  ShmCell(ShmConnection connection, byte[] slotKey) {
    this.connection = connection;
    this.control = connection.control();
    this.slotKey = slotKey;
  }

  @Override
  public int read(ValueBuffer into) {
    Location at = location;
    if (at.generation != control.generation()) {
      at = locate();
    }
    for (int spins = 0; ; spins++) {
      int length = at.slot == 0 ? readMissing(at, into) : readSlot(at, into);
      if (length != RETRY && control.generation() == at.generation) {
        connection.awaitPublished(into.version);
        Reference.reachabilityFence(at);
        return length;
      }
      at = retry(at, spins);
    }
  }

  private int readSlot(Location at, ValueBuffer into) {
    long slot = at.slot;
    long seqlock = Memory.getLongAcquire(slot + SEQLOCK_OFFSET);
    if ((seqlock & 1) != 0) {
      return RETRY;
    }
    into.version = Memory.getLong(slot + VERSION_OFFSET);
    int length = Memory.getInt(slot + LENGTH_OFFSET);
    int sizeClass = Memory.getInt(slot + SIZE_CLASS_OFFSET);
    if (length > 0 && !copyPayload(at, length, sizeClass, into)) {
      return RETRY;
    }
    into.length = length;
    Memory.loadFence();
    return Memory.getLong(slot + SEQLOCK_OFFSET) == seqlock ? length : RETRY;
  }

  private static boolean copyPayload(
      Location at, int length, int sizeClass, ValueBuffer into) {
    if (sizeClass == 0) {
      if (length > INLINE_CAPACITY) {
        return false;
      }
      Memory.copyOutWords(at.slot + PAYLOAD_OFFSET, into.ensure(length), length);
      return true;
    }
    if (sizeClass != at.largeClass || length > SizeClass.capacity(sizeClass)) {
      return false;
    }
    Memory.copyOut(at.large, into.ensure(length), 0, length);
    return true;
  }

  /** The key had no slot: it is absent as long as no key was given one since. */
  private int readMissing(Location at, ValueBuffer into) {
    into.version = control.baseRevision();
    into.length = ABSENT;
    return control.inserts() == at.inserts ? ABSENT : RETRY;
  }

  private Location retry(Location at, int spins) {
    if (spins == SPINS) {
      // The server may have died while it wrote: then this ends with the next generation.
      connection.awaitProgress(at.generation);
      return locate();
    }
    Thread.onSpinWait();
    if (at.generation != control.generation() || at.slot == 0) {
      return locate();
    }
    int sizeClass = Memory.getInt(at.slot + SIZE_CLASS_OFFSET);
    return sizeClass == at.largeClass || sizeClass <= 0 || sizeClass >= SizeClass.COUNT
        ? at
        : locate();
  }

  private Location locate() {
    ClientSlots slots = connection.slots();
    long inserts = control.inserts();
    Location found;
    try {
      found = find(slots, inserts);
    } catch (RuntimeException e) {
      if (slots.generation == control.generation()) {
        throw e;
      }
      // The maps were taken away while they were looked at.
      found = new Location(slots, slots.generation, 0, inserts, 0, 0);
    }
    location = found;
    return found;
  }

  private Location find(ClientSlots slots, long inserts) {
    long slot = slots.find(slotKey);
    if (slot == 0) {
      return new Location(slots, slots.generation, 0, inserts, 0, 0);
    }
    long seqlock = Memory.getLongAcquire(slot + SEQLOCK_OFFSET);
    int sizeClass = Memory.getInt(slot + SIZE_CLASS_OFFSET);
    int extent = Memory.getInt(slot + EXTENT_OFFSET);
    Memory.loadFence();
    boolean isStable =
        (seqlock & 1) == 0 && Memory.getLong(slot + SEQLOCK_OFFSET) == seqlock && sizeClass != 0;
    long large = isStable ? slots.findLarge(slotKey, sizeClass, extent) : 0;
    return new Location(
        slots, slots.generation, slot, inserts, large == 0 ? 0 : sizeClass, large);
  }
}
