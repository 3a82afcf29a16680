package io.zproc.shm.internal.server;

import io.zproc.CapacityException;
import io.zproc.codec.ByteWriter;
import io.zproc.shm.internal.layout.Control;
import io.zproc.shm.internal.layout.SlotDescriptor;
import io.zproc.shm.internal.os.Helper;
import io.zproc.shm.internal.os.Memory;
import io.zproc.shm.internal.slots.SizeClass;
import io.zproc.shm.internal.slots.SlotKey;
import io.zproc.shm.internal.slots.SlotMap;
import io.zproc.shm.internal.slots.SlotWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state map of one generation, as its one writer has it: for each size class a growing list of
 * maps. A full list grows by a map of twice the size, so no slot ever moves.
 */
final class SlotStore {
  private static final Logger LOG = LoggerFactory.getLogger(SlotStore.class);

  private final Path directory;
  private final Control control;
  private final long generation;
  private final long maxBytes;
  private final List<List<SlotMap>> maps = new ArrayList<>();
  private final Helper helper;

  /** The map that the helper makes ahead of need, for each size class; null for none. */
  private final List<Future<SlotMap>> upcoming =
      new ArrayList<>(Collections.nCopies(SizeClass.COUNT, null));

  private final long[] inLastExtent = new long[SizeClass.COUNT];
  private long bytes;
  private long inserts;

  SlotStore(Path directory, Control control, long generation, long maxBytes, Helper helper) {
    this.helper = helper;
    this.directory = directory;
    this.control = control;
    this.generation = generation;
    this.maxBytes = maxBytes;
    for (int sizeClass = 0; sizeClass < SizeClass.COUNT; sizeClass++) {
      maps.add(new ArrayList<>());
    }
  }

  /** Gives the entry whatever slots a value of that length needs; its value stays as it is. */
  void ensure(Entry entry, int length) {
    if (entry.slot == 0) {
      entry.slot = insert(entry, 0);
      control.inserts(++inserts);
    }
    int sizeClass = SizeClass.of(length);
    if (sizeClass > Math.max(entry.largeClass, entry.nextLargeClass)) {
      entry.nextLarge = insert(entry, sizeClass);
      entry.nextLargeClass = sizeClass;
      entry.nextLargeExtent = maps.get(sizeClass).size() - 1;
    }
  }

  private long insert(Entry entry, int sizeClass) {
    byte[] key = SlotKey.of(entry.namespace, entry.key);
    List<SlotMap> extents = maps.get(sizeClass);
    if (!extents.isEmpty()) {
      long address = extents.get(extents.size() - 1).insert(key, sizeClass);
      if (address != 0) {
        prepareExtent(sizeClass);
        return address;
      }
    }
    long address = addExtent(sizeClass).insert(key, sizeClass);
    if (address == 0) {
      throw new CapacityException("a key of " + key.length + " bytes fits into no map");
    }
    return address;
  }

  /** Has the next map made when the last one is half full. */
  private void prepareExtent(int sizeClass) {
    int extent = maps.get(sizeClass).size();
    if (++inLastExtent[sizeClass] * 2 > SizeClass.slots(sizeClass, extent - 1)
        && upcoming.get(sizeClass) == null
        && bytes + slotBytes(sizeClass, extent) <= maxBytes) {
      upcoming.set(
          sizeClass, helper.submit(() -> SlotMap.create(directory, generation, sizeClass, extent)));
    }
  }

  private static long slotBytes(int sizeClass, int extent) {
    return SizeClass.slots(sizeClass, extent) * SizeClass.slotLength(sizeClass);
  }

  private SlotMap takeExtent(int sizeClass, int extent) {
    Future<SlotMap> future = upcoming.set(sizeClass, null);
    if (future != null) {
      try {
        return future.get();
      } catch (InterruptedException | ExecutionException e) {
        LOG.debug("the helper did not make map {} of class {}", extent, sizeClass, e);
      }
    }
    return SlotMap.create(directory, generation, sizeClass, extent);
  }

  private SlotMap addExtent(int sizeClass) {
    List<SlotMap> extents = maps.get(sizeClass);
    int extent = extents.size();
    long wanted = slotBytes(sizeClass, extent);
    if (bytes + wanted > maxBytes) {
      throw new CapacityException(
          "the state has reached its size: it takes "
              + bytes
              + " bytes, "
              + wanted
              + " more are needed, "
              + maxBytes
              + " are allowed; start the server with a larger maxStateBytes");
    }
    SlotMap map = takeExtent(sizeClass, extent);
    extents.add(map);
    inLastExtent[sizeClass] = 0;
    bytes += map.size();
    control.extents(sizeClass, extents.size());
    return map;
  }

  /** Makes the first map, so that readers find one. */
  void start() {
    for (int sizeClass = 0; sizeClass < SizeClass.COUNT; sizeClass++) {
      control.extents(sizeClass, 0);
    }
    addExtent(0);
  }

  /** Writes a value for which {@link #ensure} was called. */
  void write(Entry entry, long version, byte[] value, int offset, int length) {
    int sizeClass = 0;
    if (length > SlotDescriptor.INLINE_CAPACITY) {
      entry.adoptNextLarge();
      sizeClass = entry.largeClass;
    }
    SlotWriter.write(
        entry.slot, version, value, offset, length, sizeClass, entry.largeExtent, entry.large);
    entry.version = version;
    entry.length = length;
  }

  void remove(Entry entry, long version) {
    SlotWriter.remove(entry.slot, version);
    entry.version = version;
    entry.length = SlotDescriptor.ABSENT;
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
    return entry.length <= SlotDescriptor.INLINE_CAPACITY
        ? entry.slot + SlotDescriptor.PAYLOAD_OFFSET
        : entry.large;
  }

  long generation() {
    return generation;
  }

  /** What the maps take, in bytes. */
  long bytes() {
    return bytes;
  }
}
