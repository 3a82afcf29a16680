package io.zproc.cli;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** How keys and types are shown to people. Stateless. */
final class Texts {
  private Texts() {}

  /** A string as it is, if it can not be taken for something else; any other key as JSON. */
  static String key(Object key) {
    return key instanceof String text && isPlain(text) ? text : JsonPrinter.print(key);
  }

  private static boolean isPlain(String text) {
    return !text.isEmpty()
        && text.charAt(0) != '"'
        && text.chars().noneMatch(Character::isISOControl);
  }

  /** The simple name of the type that a value has in Java. */
  static String type(Object value) {
    if (value instanceof Map) {
      return "Map";
    }
    if (value instanceof List) {
      return "List";
    }
    if (value instanceof Set) {
      return "Set";
    }
    return value == null ? "null" : value.getClass().getSimpleName();
  }
}
