package io.zproc.internal.state;

import io.zproc.internal.collect.Entry;
import io.zproc.internal.protocol.Event;
import java.util.Arrays;

/** Remembers keys met in events, so that those that come again and again are decoded once. */
final class RecentKeys {
  private static final int SIZE = 256;
  private static final byte[] NO_VALUE = {};

  private Entry[] entries;

  /** An entry with the key of the current change, and without a value. */
  Entry of(Event event) {
    if (entries == null) {
      entries = new Entry[SIZE];
    }
    int hash = Changes.hash(event);
    Entry known = entries[hash & SIZE - 1];
    if (known == null || known.hash != hash || !isKey(known.key, event)) {
      known = new Entry(event.key(), hash, NO_VALUE, 0);
      entries[hash & SIZE - 1] = known;
    }
    return known;
  }

  static boolean isKey(byte[] key, Event event) {
    int from = event.keyOffset();
    return Arrays.equals(key, 0, key.length, event.array(), from, from + event.keyLength());
  }
}
