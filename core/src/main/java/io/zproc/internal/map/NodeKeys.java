package io.zproc.internal.map;

/** The keys of one node. */
final class NodeKeys {
  final int number;
  final String record;
  final String asked;
  final String answered;

  NodeKeys(int number) {
    this.number = number;
    this.record = "node." + number;
    this.asked = record + ".asked";
    this.answered = record + ".answered";
  }

  String worker(int index) {
    return record + ".worker." + index;
  }
}
