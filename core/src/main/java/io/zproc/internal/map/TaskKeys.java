package io.zproc.internal.map;

/** The keys of one task. */
final class TaskKeys {
  final int number;
  final String record;
  final String function;
  final String done;
  final String next;
  private final String[] slots;

  TaskKeys(int number, int slots) {
    this.number = number;
    this.record = record(number);
    this.function = record + ".function";
    this.done = record + ".done";
    this.next = record + ".next";
    this.slots = new String[slots];
    for (int i = 0; i < slots; i++) {
      this.slots[i] = record + ".slot." + i;
    }
  }

  static String record(int number) {
    return "task." + number;
  }

  int slots() {
    return slots.length;
  }

  String slot(int index) {
    return slots[index];
  }

  String slotOf(long chunk) {
    return slots[(int) (chunk % slots.length)];
  }

  static String part(String slot, int index) {
    return slot + "." + index;
  }
}
