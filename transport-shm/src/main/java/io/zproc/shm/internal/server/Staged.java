package io.zproc.shm.internal.server;

import io.zproc.internal.protocol.WriteKind;
import java.util.Arrays;

/** The writes of the commit at hand, staged and not yet applied; reused by all commits. */
final class Staged {
  byte[] kinds = new byte[16];
  Namespace[] namespaces = new Namespace[16];
  int[] entries = new int[16];

  /** Where the value lies; null stands for the event's writer. */
  byte[][] arrays = new byte[16][];

  int[] offsets = new int[16];

  int[] lengths = new int[16];
  int count;
  private boolean anyCleared;

  void clear() {
    Arrays.fill(arrays, 0, count, null);
    count = 0;
    anyCleared = false;
  }

  void add(byte kind, Namespace namespace, int entry) {
    add(kind, namespace, entry, null, 0, 0);
  }

  void addPut(Namespace namespace, int entry, byte[] array, int offset, int length) {
    add(WriteKind.PUT, namespace, entry, array, offset, length);
  }

  private void add(
      byte kind, Namespace namespace, int entry, byte[] array, int offset, int length) {
    if (count == kinds.length) {
      grow();
    }
    kinds[count] = kind;
    namespaces[count] = namespace;
    entries[count] = entry;
    arrays[count] = array;
    offsets[count] = offset;
    lengths[count] = length;
    count++;
    anyCleared |= kind == WriteKind.CLEAR;
  }

  /** Whether the commit clears that namespace before the write that is staged now. */
  boolean isCleared(Namespace namespace) {
    if (anyCleared) {
      for (int i = 0; i < count; i++) {
        if (kinds[i] == WriteKind.CLEAR && namespaces[i] == namespace) {
          return true;
        }
      }
    }
    return false;
  }

  private void grow() {
    int capacity = count * 2;
    kinds = Arrays.copyOf(kinds, capacity);
    namespaces = Arrays.copyOf(namespaces, capacity);
    entries = Arrays.copyOf(entries, capacity);
    arrays = Arrays.copyOf(arrays, capacity);
    offsets = Arrays.copyOf(offsets, capacity);
    lengths = Arrays.copyOf(lengths, capacity);
  }
}
