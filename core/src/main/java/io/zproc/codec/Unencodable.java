package io.zproc.codec;

import java.util.Collection;
import java.util.Map;

/** Collects the path to a value without encoding while the encoder unwinds. */
final class Unencodable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final StringBuilder path = new StringBuilder();
  private final String advice;

  Unencodable(String what, String advice) {
    super(what, null, false, false);
    this.advice = advice;
  }

  static Unencodable ofClass(Class<?> type) {
    String what = type.getName() + " has no encoding";
    if (type.isEnum() || type.isRecord()) {
      return new Unencodable(
          what,
          "Register it: PlainCodec.builder().register("
              + type.getSimpleName()
              + ".class), or use Codecs.forClass.");
    }
    if (Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type)) {
      return new Unencodable(what, "Use a List, Set or Map, and declare it as such.");
    }
    return new Unencodable(
        what,
        "Use plain data (null, booleans, numbers, strings, byte[], List, Set, Map, Instant,"
            + " Duration, UUID), a registered enum or record, or give the namespace a Codec.");
  }

  static Unencodable tooDeep() {
    return new Unencodable(
        "nested deeper than " + Format.MAX_DEPTH + " levels",
        "Does it contain itself? Otherwise store its parts under keys of their own.");
  }

  /** Adds one step outwards, such as {@code list element 3 of java.util.ArrayList}. */
  Unencodable in(String step) {
    if (path.length() < 400) {
      path.append(path.length() == 0 ? ": " : ", in ").append(step);
    } else if (path.charAt(path.length() - 1) != '…') {
      path.append(", …");
    }
    return this;
  }

  UnsupportedValueException toException() {
    return new UnsupportedValueException(getMessage() + path + ". " + advice);
  }
}
