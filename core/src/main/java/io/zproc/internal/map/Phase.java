package io.zproc.internal.map;

/** How far the chunk in a slot is. */
enum Phase {
  /** The slot holds items that nobody works on. */
  READY,

  /** A worker works on the items. */
  CLAIMED,

  /** The slot holds results. */
  DONE,

  /** There is no such chunk: all are before it. If it holds something, that is why. */
  END
}
