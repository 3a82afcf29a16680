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

  /** To be called before a value changes. */
  void preserve(Entry entry) {
    if (entry != null
        && entry.namespace != StateStore.DIRECTORY_NAMESPACE
        && entry.isPresent()
        && entry.version <= revision
        && entry.copiedAt != revision) {
      copy(entry);
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
      Namespace current = store.namespace(namespace);
      if (current == null) {
        return false;
      }
      if (place >= current.entries.size()) {
        namespace++;
        place = 0;
      } else {
        preserve(current.entries.get(place++));
      }
    }
    return true;
  }

  /** Whether the helper has to catch up first. */
  boolean mustWait() {
    return out.isBehind();
  }
}
