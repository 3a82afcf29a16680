package io.zproc.shm.internal.server;

import io.zproc.shm.internal.layout.SlotDescriptor;

/** What the server knows of one key that is, or was, in the state. Its value is in the slot. */
final class Entry {
  final int namespace;
  final int hash;
  final byte[] key;

  /** The revision that wrote or removed it, 0 for never. */
  long version;

  /** Of the value in bytes, −1 when the key is not there. */
  int length = SlotDescriptor.ABSENT;

  /** The slot of class 0, 0 before it has one. */
  long slot;

  /** The map that has it; null when the entry is none of the state's any more. */
  Extent home;

  /** Map and address of the slot that a long value is in; kept when the value shrinks. */
  Extent largeExtent;

  long large;

  /** As these, of a larger slot that was made for the next value. */
  Extent nextLargeExtent;

  long nextLarge;

  /** Its index among the keys of its namespace. */
  int place;

  /** The commit that named it last, so that one commit does not name a key twice. */
  long touchedBy;

  /** The revision of the newest checkpoint that has it. */
  long copiedAt;

  Entry(int namespace, int hash, byte[] key) {
    this.namespace = namespace;
    this.hash = hash;
    this.key = key;
  }

  /** Makes the slot for the next value the current one. */
  void adoptNextLarge() {
    if (nextLargeClass() > largeClass()) {
      largeExtent = nextLargeExtent;
      large = nextLarge;
    }
    nextLargeExtent = null;
  }

  /** 0 for none. */
  int largeClass() {
    return largeExtent == null ? 0 : largeExtent.sizeClass;
  }

  /** 0 for none. */
  int nextLargeClass() {
    return nextLargeExtent == null ? 0 : nextLargeExtent.sizeClass;
  }

  /** Counts it in or out of those who use the maps that its value is in. */
  void count(int change) {
    if (isPresent()) {
      home.live += change;
      if (isLarge()) {
        largeExtent.live += change;
      }
    }
  }

  boolean isLarge() {
    return length > SlotDescriptor.INLINE_CAPACITY;
  }

  boolean isPresent() {
    return length >= 0;
  }
}
