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
 * <p>The slot's address is looked up once in each generation; but see {@link FirstReads}. Then a
 * read is that of a seqlock: the counter with acquire order, the content, a load fence, the counter
 * again; an odd or changed counter means that the server was writing, and to read again. At the end
 * the generation is looked at: had the server gone on to another one, the memory may have been
 * given back and what was read is void.
 *
 * <p>What was read may be newer than the published revision for the moment between the server's
 * last two stores of a commit; the read waits until it is published, so that whoever learns of the
 * value finds it in snapshots and events too.
 */
final class ShmCell implements Cell {
  private static final int RETRY = -2;
  private static final int SPINS = 1000;
  private static final long NONE = -1;

  /** A long as the codec writes it: this byte, then 8 bytes, big-endian. */
  private static final byte INT64 = (byte) 0xd3;

  private static final int INT64_LENGTH = 1 + Long.BYTES;

  /** Bytes as the codec writes fewer than 256 of them: this byte, their number, they themselves. */
  private static final int BIN8 = 0xc4;

  private static final int BIN8_HEADER_LENGTH = 2;

  private final ShmConnection connection;
  private final Control control;
  private final byte[] slotKey;

  /*
   * Where the key was found. Any reader may write these, in the order of the list, when it finds that
   * the generation has changed; the store of the generation, with release order, publishes the rest.
   * A reader that takes the generation of one write and the slot of a later one sees at the end that
   * the current generation is not the one it took, and reads again; the later slot is mapped too.
   */
  private ClientSlots slots;
  private long slot;
  private long inserts;
  private volatile LargeSlot large = LargeSlot.NONE;
  private volatile long generation = NONE;

  /** The slot of a long value; an address of 0 stands for none. */
  private record LargeSlot(long generation, int sizeClass, long address) {
    static final LargeSlot NONE = new LargeSlot(ShmCell.NONE, 0, 0);
  }

  ShmCell(ShmConnection connection, byte[] slotKey) {
    this.connection = connection;
    this.control = connection.control();
    this.slotKey = slotKey;
  }

  @Override
  public long readLong() {
    long at = generation;
    long address = slot;
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
    Reference.reachabilityFence(this);
    if (!isStable || length != INT64_LENGTH || type != INT64) {
      return NOT_A_LONG;
    }
    connection.awaitPublished(version);
    return Long.reverseBytes(value);
  }

  @Override
  public int readBytes(byte[] target) {
    long at = generation;
    long address = slot;
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
    Reference.reachabilityFence(this);
    if (!isStable) {
      return NOT_BYTES;
    }
    connection.awaitPublished(version);
    return size;
  }

  @Override
  public int read(ValueBuffer into) {
    if (generation == NONE && connection.firstReads().areLeft()) {
      int length = connection.firstReads().read(slotKey, into);
      if (length != FirstReads.NOT_READ) {
        return length;
      }
    }
    long deadline = 0;
    for (int spins = 1; ; spins++) {
      long at = generation;
      if (at == control.generation()) {
        long address = slot;
        int length = address == 0 ? readMissing(into) : readSlot(at, address, into);
        if (length != RETRY && control.generation() == at) {
          connection.awaitPublished(into.version);
          Reference.reachabilityFence(this);
          return length;
        }
      }
      if (spins % SPINS == 0) {
        // The server may have died while it wrote: then this ends with the next generation.
        deadline = deadline == 0 ? System.nanoTime() + connection.timeoutNs() : deadline;
        connection.awaitProgress(deadline);
      }
      retry(at);
    }
  }

  private int readSlot(long at, long address, ValueBuffer into) {
    long seqlock = Memory.getLongAcquire(address + SEQLOCK_OFFSET);
    if ((seqlock & 1) != 0) {
      return RETRY;
    }
    into.version = Memory.getLong(address + VERSION_OFFSET);
    int length = Memory.getInt(address + LENGTH_OFFSET);
    int sizeClass = Memory.getInt(address + SIZE_CLASS_OFFSET);
    if (length > 0 && !copyPayload(at, address, length, sizeClass, into)) {
      return RETRY;
    }
    into.length = length;
    Memory.loadFence();
    return Memory.getLong(address + SEQLOCK_OFFSET) == seqlock ? length : RETRY;
  }

  private boolean copyPayload(long at, long address, int length, int sizeClass, ValueBuffer into) {
    if (sizeClass == 0) {
      if (length > INLINE_CAPACITY) {
        return false;
      }
      Memory.copyOutWords(address + PAYLOAD_OFFSET, into.ensure(length), length);
      return true;
    }
    LargeSlot from = large;
    if (sizeClass != from.sizeClass
        || from.generation != at
        || length > SizeClass.capacity(sizeClass)) {
      return false;
    }
    Memory.copyOut(from.address, into.ensure(length), 0, length);
    return true;
  }

  /** The key had no slot: it is absent as long as no key was given one since. */
  private int readMissing(ValueBuffer into) {
    into.version = control.baseRevision();
    into.length = ABSENT;
    return control.inserts() == inserts ? ABSENT : RETRY;
  }

  private void retry(long at) {
    Thread.onSpinWait();
    if (at != control.generation() || slot == 0) {
      locate();
    } else {
      locateLarge(slots, slot);
    }
  }

  private synchronized void locate() {
    ClientSlots current = connection.slots();
    long insertsBefore = control.inserts();
    long found;
    try {
      found = current.find(slotKey);
    } catch (RuntimeException e) {
      if (current.generation == control.generation()) {
        throw e;
      }
      // The maps were taken away while they were looked at.
      return;
    }
    slots = current;
    inserts = insertsBefore;
    slot = found;
    if (found != 0) {
      locateLarge(current, found);
    }
    generation = current.generation;
  }

  /** Finds the slot for a long value, if the key has one; else leaves things as they are. */
  private synchronized void locateLarge(ClientSlots from, long address) {
    long seqlock = Memory.getLongAcquire(address + SEQLOCK_OFFSET);
    int sizeClass = Memory.getInt(address + SIZE_CLASS_OFFSET);
    int extent = Memory.getInt(address + EXTENT_OFFSET);
    Memory.loadFence();
    boolean isStable = (seqlock & 1) == 0 && Memory.getLong(address + SEQLOCK_OFFSET) == seqlock;
    LargeSlot known = large;
    if (!isStable
        || sizeClass <= 0
        || sizeClass >= SizeClass.COUNT
        || known.sizeClass == sizeClass && known.generation == from.generation) {
      return;
    }
    long found = from.findLarge(slotKey, sizeClass, extent);
    if (found != 0) {
      large = new LargeSlot(from.generation, sizeClass, found);
    }
  }
}
