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
import io.zproc.shm.internal.slots.SlotMap;
import io.zproc.spi.Cell;
import io.zproc.spi.ValueBuffer;
import java.lang.ref.Reference;

/**
 * Reads the value of one key from its slot: no lock, no system call, no allocation, no server.
 *
 * <p>The slot's address is looked up once, and again when the slot turns out to be left; but see
 * {@link FirstReads}. A read is that of a seqlock: the counter with acquire order, the content, a
 * load fence, the counter again; an odd or changed counter means that the server was writing, and
 * to read again. At the end the generation is looked at: had the server gone on to another one, the
 * memory may have been given back and what was read is void.
 *
 * <p>A slot never becomes another key's. The server marks a slot that it leaves, which changes the
 * counter, and gives the memory back afterwards, so that zeros are read there: the version 0, which
 * a value never has. Neither looks like a long or an array, so {@link #readLong} and {@link
 * #readBytes} need not know of it.
 *
 * <p>What was read may be newer than the published revision for the moment between the server's
 * last two stores of a commit; the read waits until it is published, so that whoever learns of the
 * value finds it in snapshots and events too.
 */
final class ShmCell implements Cell {
  private static final int RETRY = -2;
  private static final int LEFT = -3;
  private static final int SPINS = 1000;
  private static final long NONE = -1;

  /** A long as the codec writes it: this byte, then 8 bytes, big-endian. */
  private static final byte INT64 = (byte) 0xd3;

  private static final int INT64_LENGTH = 1 + Long.BYTES;

  /** Bytes as the codec writes fewer than 256 of them: this byte, their number, they themselves. */
  private static final int BIN8 = 0xc4;

  private static final int BIN8_HEADER_LENGTH = 2;

  private final ShmConnection connection;
  private final ServerPresence server;
  private final Control control;
  private final byte[] slotKey;

  /** Any reader writes these, when it has looked the key up, and reads each of them once. */
  private volatile Location location = Location.NONE;

  private volatile LargeSlot large = LargeSlot.NONE;

  /**
   * Where the key was found; immutable. What is mapped there stays so while this is reachable.
   *
   * @param address of the slot, 0 when the key had none
   * @param inserts how many there had been before
   */
  private record Location(
      long generation, long address, long inserts, ClientSlots slots, SlotMap map) {
    static final Location NONE = new Location(ShmCell.NONE, 0, 0, null, null);
  }

  /** The slot of a long value; immutable, as {@link Location}. */
  private record LargeSlot(long generation, int sizeClass, int extent, long address, SlotMap map) {
    static final LargeSlot NONE = new LargeSlot(ShmCell.NONE, 0, 0, 0, null);
  }

  ShmCell(ShmConnection connection, byte[] slotKey) {
    this.connection = connection;
    this.server = connection.server();
    this.control = connection.control();
    this.slotKey = slotKey;
  }

  @Override
  public long readLong() {
    Location here = location;
    long at = here.generation;
    long address = here.address;
    if (at != control.generation() || address == 0) {
      return NOT_A_LONG;
    }
    long seqlock = Memory.getLongAcquire(address + SEQLOCK_OFFSET);
    long version = Memory.getLong(address + VERSION_OFFSET);
    int length = Memory.getInt(address + LENGTH_OFFSET);
    byte type = Memory.getByte(address + PAYLOAD_OFFSET);
    long value = Memory.getLongUnaligned(address + PAYLOAD_OFFSET + 1);
    Memory.loadFence();
    boolean isStable =
        (seqlock & 1) == 0
            && Memory.getLong(address + SEQLOCK_OFFSET) == seqlock
            && control.generation() == at;
    Reference.reachabilityFence(here);
    if (!isStable || length != INT64_LENGTH || type != INT64) {
      return NOT_A_LONG;
    }
    server.awaitPublished(version);
    return Long.reverseBytes(value);
  }

  @Override
  public int readBytes(byte[] target) {
    Location here = location;
    long at = here.generation;
    long address = here.address;
    if (at != control.generation() || address == 0) {
      return NOT_BYTES;
    }
    long seqlock = Memory.getLongAcquire(address + SEQLOCK_OFFSET);
    long version = Memory.getLong(address + VERSION_OFFSET);
    int length = Memory.getInt(address + LENGTH_OFFSET);
    int size = Memory.getByte(address + PAYLOAD_OFFSET + 1) & 0xff;
    boolean isInline =
        (Memory.getByte(address + PAYLOAD_OFFSET) & 0xff) == BIN8
            && length == BIN8_HEADER_LENGTH + size
            && length <= INLINE_CAPACITY
            && Memory.getInt(address + SIZE_CLASS_OFFSET) == 0;
    if (!isInline || size > target.length) {
      return NOT_BYTES;
    }
    Memory.copyOutUnaligned(address + PAYLOAD_OFFSET + BIN8_HEADER_LENGTH, target, size);
    Memory.loadFence();
    boolean isStable =
        (seqlock & 1) == 0
            && Memory.getLong(address + SEQLOCK_OFFSET) == seqlock
            && control.generation() == at;
    Reference.reachabilityFence(here);
    if (!isStable) {
      return NOT_BYTES;
    }
    server.awaitPublished(version);
    return size;
  }

  @Override
  public int read(ValueBuffer into) {
    if (location == Location.NONE && connection.firstReads().areLeft()) {
      int length = connection.firstReads().read(slotKey, into);
      if (length != FirstReads.NOT_READ) {
        return length;
      }
    }
    long deadline = 0;
    for (int spins = 1; ; spins++) {
      Location here = location;
      boolean isCurrent = here.generation == control.generation();
      int length = isCurrent ? read(here, into) : LEFT;
      if (length >= ABSENT && control.generation() == here.generation) {
        server.awaitPublished(into.version);
        return length;
      }
      if (spins % SPINS == 0) {
        // The server may have died while it wrote: then this ends with the next generation.
        deadline = deadline == 0 ? System.nanoTime() + connection.timeoutNs() : deadline;
        server.awaitProgress(deadline);
      }
      Thread.onSpinWait();
      if (length == LEFT || here.address == 0) {
        locate();
      } else {
        locateLarge(here);
      }
    }
  }

  private int read(Location here, ValueBuffer into) {
    int length = here.address == 0 ? readMissing(here, into) : readSlot(here, into);
    Reference.reachabilityFence(here);
    return length;
  }

  private int readSlot(Location here, ValueBuffer into) {
    long address = here.address;
    long seqlock = Memory.getLongAcquire(address + SEQLOCK_OFFSET);
    if ((seqlock & 1) != 0) {
      return RETRY;
    }
    long version = Memory.getLong(address + VERSION_OFFSET);
    int length = Memory.getInt(address + LENGTH_OFFSET);
    int sizeClass = Memory.getInt(address + SIZE_CLASS_OFFSET);
    int extent = Memory.getInt(address + EXTENT_OFFSET);
    boolean isCopied = length <= 0 || copyPayload(here, length, sizeClass, extent, into);
    Memory.loadFence();
    if (Memory.getLong(address + SEQLOCK_OFFSET) != seqlock) {
      return RETRY;
    }
    if (length < ABSENT || length > ABSENT && version == 0) {
      return LEFT;
    }
    into.version = version;
    into.length = length;
    return isCopied ? length : RETRY;
  }

  private boolean copyPayload(
      Location here, int length, int sizeClass, int extent, ValueBuffer into) {
    if (sizeClass == 0) {
      if (length > INLINE_CAPACITY) {
        return false;
      }
      Memory.copyOutWords(here.address + PAYLOAD_OFFSET, into.ensure(length), length);
      return true;
    }
    LargeSlot from = large;
    if (sizeClass != from.sizeClass
        || extent != from.extent
        || from.generation != here.generation
        || length > SizeClass.capacity(sizeClass)) {
      return false;
    }
    Memory.copyOut(from.address, into.ensure(length), 0, length);
    Reference.reachabilityFence(from);
    return true;
  }

  /** The key had no slot: it is absent as long as no key was given one since. */
  private int readMissing(Location here, ValueBuffer into) {
    into.version = control.baseRevision();
    into.length = ABSENT;
    return control.inserts() == here.inserts ? ABSENT : RETRY;
  }

  private synchronized void locate() {
    ClientSlots slots = connection.slots();
    long insertsBefore = control.inserts();
    ClientSlots.Found found = slots.find(slotKey);
    Location here =
        new Location(slots.generation, found.address(), insertsBefore, slots, found.map());
    if (here.address != 0) {
      locateLarge(here);
    }
    location = here;
  }

  /** Finds the slot for a long value, if the key has one; else leaves things as they are. */
  private synchronized void locateLarge(Location here) {
    long seqlock = Memory.getLongAcquire(here.address + SEQLOCK_OFFSET);
    int sizeClass = Memory.getInt(here.address + SIZE_CLASS_OFFSET);
    int extent = Memory.getInt(here.address + EXTENT_OFFSET);
    Memory.loadFence();
    boolean isStable =
        (seqlock & 1) == 0 && Memory.getLong(here.address + SEQLOCK_OFFSET) == seqlock;
    Reference.reachabilityFence(here);
    LargeSlot known = large;
    if (!isStable
        || sizeClass <= 0
        || sizeClass >= SizeClass.COUNT
        || known.sizeClass == sizeClass
            && known.extent == extent
            && known.generation == here.generation) {
      return;
    }
    ClientSlots.Found found = here.slots.find(slotKey, sizeClass, extent);
    if (found.address() != 0) {
      large = new LargeSlot(here.generation, sizeClass, extent, found.address(), found.map());
    }
  }
}
