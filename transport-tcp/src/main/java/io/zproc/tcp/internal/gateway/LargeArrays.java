package io.zproc.tcp.internal.gateway;

import java.util.ArrayList;
import java.util.List;

/**
 * Arrays for long commands and replies, to be used again. Left to the garbage collector, each is
 * copied or moved among the old objects by the next collection, until one of everything has to
 * come, for which all clients wait. The gateway's thread only.
 */
final class LargeArrays {
  /** Shorter ones are left to the collector. */
  private static final int SHORTEST = 256 << 10;

  private static final int MAX_KEPT = 4;

  private final List<byte[]> kept = new ArrayList<>();
  private boolean used;

  /** An array of at least that length, whose content is anything. */
  byte[] take(int length) {
    if (length < SHORTEST) {
      return new byte[length];
    }
    used = true;
    int best = -1;
    for (int i = 0; i < kept.size(); i++) {
      int candidate = kept.get(i).length;
      if (candidate >= length && (best < 0 || candidate < kept.get(best).length)) {
        best = i;
      }
    }
    return best < 0 ? new byte[length] : kept.remove(best);
  }

  /** Takes an array back that nobody reads or writes any more; the longest ones are kept. */
  void giveBack(byte[] array) {
    if (array.length < SHORTEST) {
      return;
    }
    kept.add(array);
    if (kept.size() > MAX_KEPT) {
      int shortest = 0;
      for (int i = 1; i < kept.size(); i++) {
        shortest = kept.get(i).length < kept.get(shortest).length ? i : shortest;
      }
      kept.remove(shortest);
    }
  }

  /** Called now and then: gives all of them up if none was needed since the last time. */
  void giveUpUnused() {
    if (!used) {
      kept.clear();
    }
    used = false;
  }

  int kept() {
    return kept.size();
  }
}
