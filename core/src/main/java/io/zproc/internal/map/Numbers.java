package io.zproc.internal.map;

import java.util.ArrayList;
import java.util.List;

/**
 * Which numbers of pools, or of nodes, are taken.
 *
 * @param taken in the order in which they were
 */
record Numbers(List<Integer> taken) {
  static final Numbers NONE = new Numbers(List.of());

  int lowestFree() {
    int number = 0;
    while (taken.contains(number)) {
      number++;
    }
    return number;
  }

  Numbers with(int number) {
    List<Integer> more = new ArrayList<>(taken);
    more.add(number);
    return new Numbers(more);
  }

  Numbers without(int number) {
    List<Integer> fewer = new ArrayList<>(taken);
    fewer.remove((Integer) number);
    return new Numbers(fewer);
  }
}
