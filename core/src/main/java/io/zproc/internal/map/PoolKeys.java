package io.zproc.internal.map;

/** The keys of one pool. */
final class PoolKeys {
  final int number;
  final String record;
  final String ready;

  PoolKeys(int number) {
    this.number = number;
    this.record = record(number);
    this.ready = record + ".ready";
  }

  static String record(int number) {
    return "pool." + number;
  }

  String worker(int index) {
    return record + ".worker." + index;
  }
}
