package io.zproc.shm.internal.server;

import io.zproc.CapacityException;
import io.zproc.codec.ByteWriter;
import io.zproc.shm.internal.layout.Control;
import io.zproc.shm.internal.layout.SlotDescriptor;
import io.zproc.shm.internal.offheap.PagePool;
import io.zproc.shm.internal.os.Helper;
import io.zproc.shm.internal.os.Memory;
import io.zproc.shm.internal.slots.SizeClass;
import io.zproc.shm.internal.slots.SlotKey;
import io.zproc.shm.internal.slots.SlotWriter;
import java.nio.file.Path;

/** The slots of all keys in the maps of one generation, as their one writer has them. */
final class SlotStore implements AutoCloseable {
  private final Control control;
  private final long generation;
  private final PagePool pool = new PagePool();
  private final Entries entries = new Entries(pool);
  private final LargeSlots large = new LargeSlots(pool, entries);
  private final Extents extents;
  private long inserts;

  /** How much was put into slots or removed since {@link #takeChanged}, in bytes. */
  private long changed;

  SlotStore(Path directory, Control control, long generation, long maxBytes, Helper helper) {
    this.control = control;
    this.generation = generation;
    this.extents = new Extents(directory, control, generation, maxBytes, helper, pool);
    // Readers compare the count only, also while they look at the generation before.
    this.inserts = control.inserts();
  }

  void start() {
    extents.start();
  }

  /**
   * Makes the entry of a key that has none, with a slot of class 0.
   *
   * @throws CapacityException when there is no room for it; then nothing was made
   */
  int add(int namespace, int hash, byte[] array, int offset, int length) {
    long slot = insert(SlotKey.of(namespace, array, offset, length), 0, 0);
    int entry = entries.add(namespace, hash, length, slot, extents.filling(0).id());
    noteInserted(entry, 0);
    control.inserts(++inserts);
    return entry;
  }

  /** Gives the entry whatever slots a value of that length needs; its value stays as it is. */
  void ensure(int entry, int length) {
    int sizeClass = SizeClass.of(length);
    if (sizeClass > large.sizeClass(entry)) {
      long address = insert(entries.slotKey(entry), sizeClass, 0);
      large.prepare(entry, address, extents.filling(sizeClass).id());
      noteInserted(entry, sizeClass);
    }
  }

  /**
   * The address of a new slot in the map that is being filled.
   *
   * @param left the slot of class 0 that it gets the content of, 0 for none
   */
  private long insert(byte[] key, int sizeClass, long left) {
    Extent extent = extents.filling(sizeClass);
    long address = extent == null ? 0 : insert(key, extent, left);
    if (address == 0) {
      address = insert(key, extents.add(sizeClass), left);
    }
    if (address == 0) {
      throw new CapacityException("a key of " + key.length + " bytes fits into no map");
    }
    return address;
  }

  private static long insert(byte[] key, Extent extent, long left) {
    if (extent.sizeClass == 0) {
      return left == 0 ? extent.map.insert(key, 0) : extent.map.insertCopy(key, left);
    }
    // An earlier value of the key may have left a slot here; a key is inserted into a map once.
    long before = extent.map.find(key);
    return before != 0 ? before : extent.map.insert(key, extent.sizeClass);
  }

  private void noteInserted(int entry, int sizeClass) {
    extents.filling(sizeClass).entries.add(entry);
    extents.prepareNext(sizeClass);
    changed += SizeClass.slotLength(sizeClass);
  }

  /** Writes a value for which {@link #ensure} was called. */
  void write(int entry, long version, byte[] value, int offset, int length) {
    count(entry, -1);
    int sizeClass = 0;
    int number = 0;
    long address = 0;
    if (length > SlotDescriptor.INLINE_CAPACITY) {
      large.adoptNext(entry);
      address = large.address(entry);
      Extent extent = extents.get(large.map(entry));
      sizeClass = extent.sizeClass;
      number = extent.number;
    }
    long slot = entries.slot(entry);
    SlotWriter.write(slot, version, value, offset, length, sizeClass, number, address);
    entries.written(entry, version, length);
    count(entry, 1);
  }

  void remove(int entry, long version) {
    count(entry, -1);
    SlotWriter.remove(entries.slot(entry), version);
    entries.written(entry, version, SlotDescriptor.ABSENT);
    changed += SlotDescriptor.SLOT_LENGTH;
  }

  /** Counts an entry in or out of those who use the maps that its value is in. */
  private void count(int entry, int change) {
    if (entries.isPresent(entry)) {
      extents.get(entries.home(entry)).live += change;
      if (entries.isLarge(entry)) {
        extents.get(large.map(entry)).live += change;
      }
    }
  }

  /** Appends the value of an entry that is present. */
  void read(int entry, ByteWriter out) {
    int start = out.position();
    int length = entries.length(entry);
    out.position(start + length);
    Memory.copyOut(payload(entry), out.array(), start, length);
  }

  /** Copies a part of the value of an entry that is present. */
  void read(int entry, int from, byte[] target, int offset, int length) {
    Memory.copyOut(payload(entry) + from, target, offset, length);
  }

  /** Whether the value of an entry that is present is the same. */
  boolean hasValue(int entry, byte[] array, int offset, int length) {
    return entries.length(entry) == length && Memory.equals(payload(entry), array, offset, length);
  }

  private long payload(int entry) {
    return entries.isLarge(entry)
        ? large.address(entry)
        : entries.slot(entry) + SlotDescriptor.PAYLOAD_OFFSET;
  }

  /**
   * Makes a map not be needed by an entry that was given a slot there, if it is not absent.
   *
   * @return how many bytes were copied
   */
  int leave(int entry, Extent extent) {
    int copied = 0;
    if (large.nextMap(entry) == extent.id()) {
      large.forgetNext(entry);
    }
    if (large.map(entry) == extent.id()) {
      if (entries.isLarge(entry)) {
        moveLarge(entry);
        copied += entries.length(entry);
      } else {
        large.forget(entry);
      }
    }
    if (entries.home(entry) == extent.id() && entries.isPresent(entry)) {
      moveHome(entry);
      copied += SlotDescriptor.SLOT_LENGTH;
    }
    return copied;
  }

  /** Gives an entry that is present another slot of class 0; the old one is left. */
  void moveHome(int entry) {
    long left = entries.slot(entry);
    long slot = insert(entries.slotKey(entry), 0, left);
    count(entry, -1);
    entries.moved(entry, slot, extents.filling(0).id());
    count(entry, 1);
    noteInserted(entry, 0);
    control.inserts(++inserts);
    SlotWriter.leave(left);
  }

  /** Gives the long value of an entry another slot, of the class that its length needs. */
  void moveLarge(int entry) {
    int length = entries.length(entry);
    int sizeClass = SizeClass.of(length);
    long address = insert(entries.slotKey(entry), sizeClass, 0);
    Extent extent = extents.filling(sizeClass);
    Memory.copy(large.address(entry), address, length);
    count(entry, -1);
    large.moved(entry, address, extent.id());
    count(entry, 1);
    noteInserted(entry, sizeClass);
    SlotWriter.relocate(entries.slot(entry), sizeClass, extent.number);
  }

  /** Takes the slot of an entry that is absent; it is none of the state's any more. */
  void forget(int entry) {
    if (control.baseRevision() < entries.version(entry)) {
      control.baseRevision(entries.version(entry));
    }
    SlotWriter.leave(entries.slot(entry));
    large.remove(entry);
    entries.remove(entry);
  }

  /** How much was put into slots or removed since the last call, in bytes. */
  long takeChanged() {
    long taken = changed;
    changed = 0;
    return taken;
  }

  Entries entries() {
    return entries;
  }

  LargeSlots large() {
    return large;
  }

  /** What is known of keys goes there, outside the heap. */
  PagePool pool() {
    return pool;
  }

  Extents extents() {
    return extents;
  }

  long generation() {
    return generation;
  }

  /** What the maps take, in bytes. */
  long bytes() {
    return extents.bytes();
  }

  /** Gives up what is known of keys; the maps stay. To be called last. */
  @Override
  public void close() {
    pool.close();
  }
}
