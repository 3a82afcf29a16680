package io.zproc.internal.map;

import java.util.Set;

/**
 * What is known of the chunk in a slot.
 *
 * @param chunk its number in the task, from 0
 * @param items how many items it has
 * @param parts how many values hold its items or results
 * @param worker the id of the worker that claimed it last
 * @param deaths of workers while they had it, as {@link Release} weighs them
 * @param nanos how long the function took for all items
 * @param bytes the length of the results
 */
record Slot(
    Phase phase,
    long chunk,
    int items,
    int parts,
    long worker,
    int deaths,
    long nanos,
    long bytes) {

  static Slot ready(long chunk, int items) {
    return new Slot(Phase.READY, chunk, items, 1, 0, 0, 0, 0);
  }

  static Slot end(long chunk, int items) {
    return new Slot(Phase.END, chunk, items, 1, 0, 0, 0, 0);
  }

  Slot claimedBy(long id) {
    return new Slot(Phase.CLAIMED, chunk, items, parts, id, deaths, 0, 0);
  }

  Slot withParts(int count) {
    return new Slot(phase, chunk, items, count, worker, deaths, 0, 0);
  }

  Slot done(int count, long took, long length) {
    return new Slot(Phase.DONE, chunk, items, count, worker, deaths, took, length);
  }

  Slot released(int weight) {
    return new Slot(Phase.READY, chunk, items, parts, 0, deaths + weight, 0, 0);
  }

  Slot givenBack() {
    return new Slot(Phase.READY, chunk, items, parts, 0, deaths, 0, 0);
  }

  boolean isClaimedBy(Set<Long> workers) {
    return phase == Phase.CLAIMED && workers.contains(worker);
  }
}
