package io.zproc.shm.internal.server;

import java.util.ArrayList;
import java.util.List;

/** A namespace in the server. */
final class Namespace {
  final int id;
  final String name;

  /**
   * Its keys, those that were removed too, in the order in which they came; scans walk along it.
   */
  final List<Entry> entries = new ArrayList<>();

  /** The revision of the last commit that changed something in it. */
  long version;

  /** How many keys are there. */
  long count;

  Namespace(int id, String name) {
    this.id = id;
    this.name = name;
  }
}
