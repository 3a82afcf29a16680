package io.zproc.internal.state;

import io.zproc.WatchOptions;
import java.util.Arrays;

/** What is waited for, in words. */
final class Waits {
  private static final int MAX_LENGTH = 80;

  private Waits() {}

  static String change(Object[] keys, WatchOptions options) {
    if (keys.length == 0) {
      return "a change";
    }
    String names = shortened(Arrays.toString(keys));
    return "a change of " + (options.isExcludeKeys() ? "any key but " : "one of ") + names;
  }

  static String key(Object key, String condition) {
    return "key " + shortened(String.valueOf(key)) + " to be " + condition;
  }

  static String shortened(String text) {
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
  }
}
