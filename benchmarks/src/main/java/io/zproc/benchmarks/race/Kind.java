package io.zproc.benchmarks.race;

/** What a row is about. */
public enum Kind {
  /** This library. */
  ZPROC,

  /** What ratios are relative to: the mechanism that bounds the library from below. */
  FLOOR,

  /** Something else that does the same or a similar thing. */
  PEER
}
