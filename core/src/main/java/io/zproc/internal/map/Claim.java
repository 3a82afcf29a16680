package io.zproc.internal.map;

/**
 * A chunk that a worker has claimed.
 *
 * @param version that of the slot since it was claimed
 * @param taskVersion that of the task's record
 */
record Claim(TaskKeys keys, TaskRecord task, long taskVersion, Slot slot, long version) {

  String slotKey() {
    return keys.slotOf(slot.chunk());
  }
}
