package io.zproc.cli;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.Map;

/**
 * Prints plain data as JSON in one line. What JSON has no form for is a string: instants and
 * durations as in ISO 8601, UUIDs, bytes in Base64, NaN and infinities by name; a set is an array;
 * a key of a map that is no string is the string of its JSON. One object per text; not thread-safe.
 */
final class JsonPrinter {
  private static final String ESCAPES = "\"\"\\\\\bb\ff\nn\rr\tt";

  private final StringBuilder out = new StringBuilder();

  private JsonPrinter() {}

  static String print(Object value) {
    JsonPrinter printer = new JsonPrinter();
    printer.value(value);
    return printer.out.toString();
  }

  private void value(Object value) {
    if (value == null || value instanceof Boolean || isNumber(value)) {
      out.append(value);
    } else if (value instanceof Map<?, ?> map) {
      object(map);
    } else if (value instanceof Iterable<?> elements) {
      array(elements);
    } else if (value instanceof byte[] bytes) {
      string(Base64.getEncoder().encodeToString(bytes));
    } else {
      string(value.toString());
    }
  }

  /** Whether its text is a number in JSON, too. */
  private static boolean isNumber(Object value) {
    if (value instanceof Double || value instanceof Float) {
      return Double.isFinite(((Number) value).doubleValue());
    }
    return value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte
        || value instanceof BigInteger
        || value instanceof BigDecimal;
  }

  private void object(Map<?, ?> map) {
    char before = '{';
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(before);
      string(entry.getKey() instanceof String key ? key : print(entry.getKey()));
      out.append(':');
      value(entry.getValue());
      before = ',';
    }
    out.append(map.isEmpty() ? "{}" : "}");
  }

  private void array(Iterable<?> elements) {
    char before = '[';
    for (Object element : elements) {
      out.append(before);
      value(element);
      before = ',';
    }
    out.append(before == '[' ? "[]" : "]");
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      character(text.charAt(i));
    }
    out.append('"');
  }

  private void character(char c) {
    int escape = ESCAPES.indexOf(c);
    if (escape >= 0 && escape % 2 == 0) {
      out.append('\\').append(ESCAPES.charAt(escape + 1));
    } else if (Character.isISOControl(c)) {
      out.append(String.format("\\u%04x", (int) c));
    } else {
      out.append(c);
    }
  }
}
