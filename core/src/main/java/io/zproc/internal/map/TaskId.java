package io.zproc.internal.map;

import io.zproc.ZProcException;

/**
 * What names a task everywhere: its number and its id as a short text.
 *
 * @param number under which its record is found
 * @param id the record's
 */
record TaskId(int number, long id) {
  private static final int HEX = 16;

  static TaskId parse(String text) {
    int dash = text.indexOf('-');
    try {
      return new TaskId(
          Integer.parseInt(text.substring(0, Math.max(0, dash))),
          Long.parseLong(text.substring(dash + 1), HEX));
    } catch (NumberFormatException e) {
      throw new ZProcException("'" + text + "' is no map task, such as 0-1f3a94c2", e);
    }
  }

  @Override
  public String toString() {
    return number + "-" + Long.toString(id, HEX);
  }
}
