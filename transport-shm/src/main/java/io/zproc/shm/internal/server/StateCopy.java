package io.zproc.shm.internal.server;

import io.zproc.codec.ByteWriter;
import io.zproc.shm.internal.checkpoint.CheckpointWriter;

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
  private final CheckpointWriter out;
  private final long revision;
  private int namespace = 1;
  private int place;
  private long copiedBytes;

  /** The long value that is copied in parts, or null. */
  private Entry partial;

  private int partialBytes;

  /** Begins a copy at the newest revision. */
  StateCopy(StateStore store, CheckpointWriter out, long revision) {
    this.store = store;
    this.out = out;
    this.revision = revision;
    copyNamespaces();
  }

  private void copyNamespaces() {
    for (Entry entry : store.namespace(StateStore.DIRECTORY_NAMESPACE).entries) {
      if (entry != null && entry.isPresent()) {
        int number = store.namespaceId(entry.key);
        out.addNamespace(number, entry.key, entry.version);
      }
    }
  }

  /** Whether the entry's value belongs to the copy and is not in it yet. */
  boolean needs(Entry entry) {
    return entry != null
        && entry.namespace != StateStore.DIRECTORY_NAMESPACE
        && entry.isPresent()
        && entry.version <= revision
        && entry.copiedAt != revision;
  }

  /** To be called before a value changes. */
  void preserve(Entry entry) {
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
  void preserve(Entry entry, int bytes) {
    if (partial != null || needs(entry) && begin(entry)) {
      copyPart(bytes);
    }
  }

  private boolean begin(Entry entry) {
    out.beginLongKey(entry.namespace, entry.key, entry.length, entry.version);
    partial = entry;
    partialBytes = 0;
    return true;
  }

  private void copyPart(int most) {
    int length = Math.min(most, partial.length - partialBytes);
    ByteWriter part = new ByteWriter(length).position(length);
    store.read(partial, partialBytes, part.array(), 0, length);
    out.addPart(part);
    partialBytes += length;
    copiedBytes += length;
    if (partialBytes == partial.length) {
      out.endLongKey();
      partial.copiedAt = revision;
      partial = null;
    }
  }

  private void copy(Entry entry) {
    ByteWriter value = out.beginKey(entry.namespace, entry.key, entry.length, entry.version);
    store.read(entry, value);
    out.endEntry();
    entry.copiedAt = revision;
    copiedBytes += entry.key.length + entry.length;
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
      if (partial != null) {
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
    Entry entry = current.entries.get(place++);
    if (needs(entry) && entry.length >= Groundwork.LONG_VALUE) {
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
