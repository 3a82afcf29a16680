package io.zproc.shm.internal.server;

import io.zproc.codec.ByteWriter;
import io.zproc.shm.internal.checkpoint.CheckpointWriter;
import io.zproc.shm.internal.offheap.IntList;

/*
 * The state at one revision is copied while it changes: step by step along the keys, between
 * commands, and each value that a commit is about to replace right before that. Versions tell what
 * belongs to it: values that were written behind the revision do not, and a value that has not been
 * replaced since still has the version with which it was there. So there is no lock, no second copy
 * in memory, and a commit pays for at most what it replaces.
 */

/** Copies the state as it was at one revision to a checkpoint. The server's thread only. */
final class StateCopy {
  private final StateStore store;
  private final Entries entries;
  private final CheckpointWriter out;
  private final long revision;
  private int namespace = 1;
  private int place;
  private long copiedBytes;

  /** The long value that is copied in parts, or none. */
  private int partial = Entries.NONE;

  private int partialBytes;

  /** Begins a copy at the newest revision. */
  StateCopy(StateStore store, CheckpointWriter out, long revision) {
    this.store = store;
    this.entries = store.entries();
    this.out = out;
    this.revision = revision;
    copyNamespaces();
  }

  private void copyNamespaces() {
    IntList names = store.namespace(StateStore.DIRECTORY_NAMESPACE).entries;
    for (int i = 0; i < names.size(); i++) {
      int entry = names.get(i);
      if (entries.isPresent(entry)) {
        byte[] name = entries.key(entry);
        out.addNamespace(store.namespaceId(name), name, entries.version(entry));
      }
    }
  }

  /** Whether the entry's value belongs to the copy and is not in it yet. */
  boolean needs(int entry) {
    return entries.isPresent(entry)
        && entries.namespace(entry) != StateStore.DIRECTORY_NAMESPACE
        && entries.version(entry) <= revision
        && entries.copiedAt(entry) != revision;
  }

  /** To be called before a value changes. */
  void preserve(int entry) {
    if (!needs(entry)) {
      return;
    }
    if (entry == partial) {
      copyPart(Integer.MAX_VALUE);
    } else {
      copy(entry);
    }
  }

  /** Copies a part of a long value, or of the one that was begun before. */
  void preserve(int entry, int bytes) {
    if (partial != Entries.NONE || needs(entry) && begin(entry)) {
      copyPart(bytes);
    }
  }

  private boolean begin(int entry) {
    out.beginLongKey(
        entries.namespace(entry),
        entries.key(entry),
        entries.length(entry),
        entries.version(entry));
    partial = entry;
    partialBytes = 0;
    return true;
  }

  private void copyPart(int most) {
    int whole = entries.length(partial);
    int length = Math.min(most, whole - partialBytes);
    ByteWriter part = new ByteWriter(length).position(length);
    store.read(partial, partialBytes, part.array(), 0, length);
    out.addPart(part);
    partialBytes += length;
    copiedBytes += length;
    if (partialBytes == whole) {
      out.endLongKey();
      entries.copiedAt(partial, revision);
      partial = Entries.NONE;
    }
  }

  private void copy(int entry) {
    byte[] key = entries.key(entry);
    int length = entries.length(entry);
    ByteWriter value = out.beginKey(entries.namespace(entry), key, length, entries.version(entry));
    store.read(entry, value);
    out.endEntry();
    entries.copiedAt(entry, revision);
    copiedBytes += key.length + length;
  }

  /**
   * Goes on along the keys.
   *
   * @param bytes how much to copy, more or less
   * @return false when it is complete
   */
  boolean advance(long bytes) {
    long end = copiedBytes + bytes;
    for (long visited = 0; copiedBytes < end && visited < bytes; visited++) {
      if (partial != Entries.NONE) {
        copyPart((int) Math.min(end - copiedBytes, Groundwork.SLICE_BYTES));
      } else if (!visitNext()) {
        return false;
      }
    }
    return true;
  }

  private boolean visitNext() {
    Namespace current = store.namespace(namespace);
    if (current == null) {
      return false;
    }
    if (place >= current.entries.size()) {
      namespace++;
      place = 0;
      return true;
    }
    int entry = current.entries.get(place++);
    if (needs(entry) && entries.length(entry) >= Groundwork.LONG_VALUE) {
      begin(entry);
    } else {
      preserve(entry);
    }
    return true;
  }

  /** Whether the helper has to catch up first. */
  boolean mustWait() {
    return out.isBehind();
  }
}
