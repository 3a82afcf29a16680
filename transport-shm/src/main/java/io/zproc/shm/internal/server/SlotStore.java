package io.zproc.shm.internal.server;

import io.zproc.CapacityException;
import io.zproc.codec.ByteWriter;
import io.zproc.shm.internal.layout.Control;
import io.zproc.shm.internal.layout.SlotDescriptor;
import io.zproc.shm.internal.os.Helper;
import io.zproc.shm.internal.os.Memory;
import io.zproc.shm.internal.slots.SizeClass;
import io.zproc.shm.internal.slots.SlotKey;
import io.zproc.shm.internal.slots.SlotWriter;
import java.nio.file.Path;

/** The slots of all keys in the maps of one generation, as their one writer has them. */
final class SlotStore {
  private final Control control;
  private final long generation;
  private final Extents extents;
  private long inserts;

  /** How much was put into slots or removed since {@link #takeChanged}, in bytes. */
  private long changed;

  SlotStore(Path directory, Control control, long generation, long maxBytes, Helper helper) {
    this.control = control;
    this.generation = generation;
    this.extents = new Extents(directory, control, generation, maxBytes, helper);
    // Readers compare the count only, also while they look at the generation before.
    this.inserts = control.inserts();
  }

  void start() {
    extents.start();
  }

  /** Gives the entry whatever slots a value of that length needs; its value stays as it is. */
  void ensure(Entry entry, int length) {
    if (entry.slot == 0) {
      entry.slot = insert(entry, 0);
      entry.home = extents.filling(0);
      control.inserts(++inserts);
    }
    int sizeClass = SizeClass.of(length);
    if (sizeClass > Math.max(entry.largeClass(), entry.nextLargeClass())) {
      entry.nextLarge = insert(entry, sizeClass);
      entry.nextLargeExtent = extents.filling(sizeClass);
    }
  }

  /** The address of a new slot in the map that is being filled. */
  private long insert(Entry entry, int sizeClass) {
    byte[] key = SlotKey.of(entry.namespace, entry.key);
    Extent extent = extents.filling(sizeClass);
    long address = extent == null ? 0 : insert(key, entry, extent);
    if (address == 0) {
      extent = extents.add(sizeClass);
      address = insert(key, entry, extent);
    }
    return added(entry, extent, address);
  }

  private long added(Entry entry, Extent extent, long address) {
    if (address == 0) {
      throw new CapacityException("a key of " + entry.key.length + " bytes fits into no map");
    }
    extent.entries.add(entry);
    extents.prepareNext(extent.sizeClass);
    changed += SizeClass.slotLength(extent.sizeClass);
    return address;
  }

  private static long insert(byte[] key, Entry entry, Extent extent) {
    if (extent.sizeClass == 0) {
      return entry.slot == 0 ? extent.map.insert(key, 0) : extent.map.insertCopy(key, entry.slot);
    }
    // An earlier value of the key may have left a slot here; a key is inserted into a map once.
    long left = extent.map.find(key);
    return left != 0 ? left : extent.map.insert(key, extent.sizeClass);
  }

  /** Writes a value for which {@link #ensure} was called. */
  void write(Entry entry, long version, byte[] value, int offset, int length) {
    entry.count(-1);
    int sizeClass = 0;
    int number = 0;
    if (length > SlotDescriptor.INLINE_CAPACITY) {
      entry.adoptNextLarge();
      sizeClass = entry.largeClass();
      number = entry.largeExtent.number;
    }
    SlotWriter.write(entry.slot, version, value, offset, length, sizeClass, number, entry.large);
    entry.version = version;
    entry.length = length;
    entry.count(1);
  }

  void remove(Entry entry, long version) {
    entry.count(-1);
    SlotWriter.remove(entry.slot, version);
    entry.version = version;
    entry.length = SlotDescriptor.ABSENT;
    changed += SlotDescriptor.SLOT_LENGTH;
  }

  /** Appends the value of an entry that is present. */
  void read(Entry entry, ByteWriter out) {
    int start = out.position();
    out.position(start + entry.length);
    Memory.copyOut(payload(entry), out.array(), start, entry.length);
  }

  /** Copies a part of the value of an entry that is present. */
  void read(Entry entry, int from, byte[] target, int offset, int length) {
    Memory.copyOut(payload(entry) + from, target, offset, length);
  }

  /** Whether the value of an entry that is present is the same. */
  boolean hasValue(Entry entry, byte[] array, int offset, int length) {
    return entry.length == length && Memory.equals(payload(entry), array, offset, length);
  }

  private static long payload(Entry entry) {
    return entry.isLarge() ? entry.large : entry.slot + SlotDescriptor.PAYLOAD_OFFSET;
  }

  /** Gives an entry that is present another slot of class 0; the old one is left. */
  void moveHome(Entry entry) {
    long left = entry.slot;
    long address = insert(entry, 0);
    entry.count(-1);
    entry.slot = address;
    entry.home = extents.filling(0);
    entry.count(1);
    control.inserts(++inserts);
    SlotWriter.leave(left);
  }

  /** Gives the long value of an entry another slot, of the class that its length needs. */
  void moveLarge(Entry entry) {
    int sizeClass = SizeClass.of(entry.length);
    long address = insert(entry, sizeClass);
    Memory.copy(entry.large, address, entry.length);
    entry.count(-1);
    entry.large = address;
    entry.largeExtent = extents.filling(sizeClass);
    entry.count(1);
    SlotWriter.relocate(entry.slot, sizeClass, entry.largeExtent.number);
  }

  /** Takes the slot of an entry that is absent; it is none of the state's any more. */
  void forget(Entry entry) {
    if (control.baseRevision() < entry.version) {
      control.baseRevision(entry.version);
    }
    SlotWriter.leave(entry.slot);
    entry.home = null;
  }

  /** How much was put into slots or removed since the last call, in bytes. */
  long takeChanged() {
    long taken = changed;
    changed = 0;
    return taken;
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
}
