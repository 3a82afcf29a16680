package io.zproc.shm.internal.server;

import io.zproc.CapacityException;
import io.zproc.codec.ByteWriter;
import io.zproc.internal.collect.PersistentMap;
import io.zproc.internal.protocol.NamespaceDirectory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The state in the server: keys, namespaces, and their values in slots. It is what applying the
 * journal's events in order makes of nothing. The server's thread only.
 */
final class StateStore {
  static final int DIRECTORY_NAMESPACE = NamespaceDirectory.NUMBER;

  private final KeyTable keys;
  private final List<Namespace> namespaces = new ArrayList<>();
  private final SlotStore slots;
  private final Entries entries;
  private final Evacuation evacuation;

  /** Gets each value before it changes, while a checkpoint is made; else null. */
  private StateCopy copy;

  StateStore(SlotStore slots) {
    this.slots = slots;
    this.entries = slots.entries();
    this.keys = new KeyTable(entries, slots.pool());
    this.evacuation = new Evacuation(this, slots);
    namespaces.add(new Namespace(DIRECTORY_NAMESPACE, "", slots.pool()));
  }

  /** The namespace, or null when none has that number. */
  Namespace namespace(int id) {
    return id >= 0 && id < namespaces.size() ? namespaces.get(id) : null;
  }

  /** The number of a name, or −1. */
  int namespaceId(byte[] name) {
    for (Namespace namespace : namespaces) {
      if (namespace.id != 0
          && Arrays.equals(namespace.name.getBytes(StandardCharsets.UTF_8), name)) {
        return namespace.id;
      }
    }
    return -1;
  }

  int nextNamespaceId() {
    return namespaces.size();
  }

  /** Makes room for the name of the next namespace. */
  void prepareNamespace(byte[] name) {
    ensureReclaiming(DIRECTORY_NAMESPACE, name, 0, name.length, Integer.BYTES);
  }

  void addNamespace(int id, byte[] name, long revision) {
    namespaces.add(new Namespace(id, new String(name, StandardCharsets.UTF_8), slots.pool()));
    int entry = ensure(DIRECTORY_NAMESPACE, name, 0, name.length, Integer.BYTES);
    ByteWriter number = new ByteWriter().writeInt(id);
    put(entry, revision, number.array(), 0, Integer.BYTES);
  }

  /** The entry of a key, or {@link Entries#NONE}. */
  int find(int namespace, byte[] array, int offset, int length) {
    return keys.find(namespace, array, offset, length, PersistentMap.hash(array, offset, length));
  }

  /** As {@link #ensure}, making room if there is none: to be called between commits. */
  int ensureReclaiming(int namespace, byte[] array, int offset, int length, int valueLength) {
    while (true) {
      try {
        return ensure(namespace, array, offset, length, valueLength);
      } catch (CapacityException e) {
        if (!reclaim()) {
          throw e;
        }
      }
    }
  }

  /** The entry of a key, made if it is new, with slots for a value of that length. */
  int ensure(int namespace, byte[] array, int offset, int length, int valueLength) {
    int hash = PersistentMap.hash(array, offset, length);
    int entry = keys.find(namespace, array, offset, length, hash);
    if (entry != Entries.NONE) {
      slots.ensure(entry, valueLength);
      return entry;
    }
    entry = slots.add(namespace, hash, array, offset, length);
    // A key that has a slot must be known, even if there is no room for its value: readers keep the
    // slot that they find, so it may not get another one.
    keys.add(entry);
    entries.place(entry, namespaces.get(namespace).add(entry));
    slots.ensure(entry, valueLength);
    return entry;
  }

  void put(int entry, long revision, byte[] value, int offset, int length) {
    Namespace namespace = namespaces.get(entries.namespace(entry));
    if (!entries.isPresent(entry)) {
      namespace.count++;
    }
    namespace.version = revision;
    preserve(entry);
    slots.write(entry, revision, value, offset, length);
  }

  void remove(int entry, long revision) {
    Namespace namespace = namespaces.get(entries.namespace(entry));
    if (entries.isPresent(entry)) {
      namespace.count--;
    }
    namespace.version = revision;
    preserve(entry);
    slots.remove(entry, revision);
  }

  void clear(Namespace namespace, long revision) {
    for (int place = 0; place < namespace.entries.size(); place++) {
      int entry = namespace.entries.get(place);
      if (entries.isPresent(entry)) {
        preserve(entry);
        slots.remove(entry, revision);
      }
    }
    namespace.count = 0;
    namespace.version = revision;
  }

  /** Takes the slot of a key that is absent; it is not known any more. */
  void forget(int entry) {
    keys.remove(entry);
    namespaces.get(entries.namespace(entry)).remove(entries.place(entry));
    slots.forget(entry);
  }

  /**
   * To be called between commits: goes on reusing what removed keys have left, by so much as was
   * changed since.
   */
  void maintain() {
    evacuation.advance();
  }

  /**
   * To be called when there is no room for a slot, and between commits: makes room at once.
   *
   * @return false when there is nothing to gain
   */
  boolean reclaim() {
    return evacuation.reclaim();
  }

  /** Whether an error has interrupted a move: then readers may be left with an old slot. */
  boolean isMoving() {
    return evacuation.isUnderWay();
  }

  private void preserve(int entry) {
    if (copy != null) {
      copy.preserve(entry);
    }
  }

  /** Has that copy get each value before it changes; null for none. */
  void copyTo(StateCopy newCopy) {
    copy = newCopy;
  }

  /** Makes every namespace's version at least that revision. */
  void touchAll(long revision) {
    for (Namespace namespace : namespaces) {
      namespace.version = Math.max(namespace.version, revision);
    }
  }

  /** Appends the value of an entry that is present. */
  void read(int entry, ByteWriter out) {
    slots.read(entry, out);
  }

  /** Copies a part of the value of an entry that is present. */
  void read(int entry, int from, byte[] target, int offset, int length) {
    slots.read(entry, from, target, offset, length);
  }

  /** Whether the value of an entry that is present is the same. */
  boolean hasValue(int entry, byte[] array, int offset, int length) {
    return slots.hasValue(entry, array, offset, length);
  }

  /** Whether a checkpoint needs the value before it may change. */
  boolean isToPreserve(int entry) {
    return copy != null && copy.needs(entry);
  }

  /** Goes on with copying a long value that a checkpoint needs. */
  void preserve(int entry, int bytes) {
    if (copy != null) {
      copy.preserve(entry, bytes);
    }
  }

  Entries entries() {
    return entries;
  }

  int keyCount() {
    return keys.size();
  }

  int namespaceCount() {
    return namespaces.size() - 1;
  }

  SlotStore slots() {
    return slots;
  }
}
