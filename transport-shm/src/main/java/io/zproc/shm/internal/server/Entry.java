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

  /** Class, extent and address of the slot that a long value is in; kept when the value shrinks. */
  int largeClass;

  int largeExtent;
  long large;

  /** As these, of a larger slot that was made for the next value. */
  int nextLargeClass;

  int nextLargeExtent;
  long nextLarge;

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
    if (nextLargeClass > largeClass) {
      largeClass = nextLargeClass;
      largeExtent = nextLargeExtent;
      large = nextLarge;
    }
  }

  boolean isPresent() {
    return length >= 0;
  }
}
