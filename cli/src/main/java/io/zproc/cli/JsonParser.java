package io.zproc.cli;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads JSON (RFC 8259) as plain data: null, Boolean, String, List, Map with the keys in their
 * order, of which the last one counts if there are equal ones. A number without fraction and
 * exponent is a Long, or a BigInteger if too long for that; another one is a Double, or a
 * BigDecimal if a Double would be infinite. One object per text; not thread-safe.
 */
final class JsonParser {
  /** As deep as values of the library may be nested. */
  private static final int MAX_DEPTH = 64;

  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9]\\d*+)((?:\\.\\d++)?(?:[eE][+-]?\\d++)?)");

  private final String text;
  private int position;

  private JsonParser(String text) {
    this.text = text;
  }

  /**
   * @throws JsonException when {@code text} is not one JSON value
   */
  static Object parse(String text) {
    JsonParser parser = new JsonParser(text);
    Object value = parser.value(0);
    parser.skipSpace();
    if (parser.position < text.length()) {
      throw parser.error("nothing more is expected");
    }
    return value;
  }

  /**
   * As {@link #parse}, but a text that is no JSON is a string, unless it begins as an object, array
   * or string does: that is more likely a mistake.
   */
  static Object parseLenient(String text) {
    try {
      return parse(text);
    } catch (JsonException e) {
      String start = text.stripLeading();
      if (!start.isEmpty() && "{[\"".indexOf(start.charAt(0)) >= 0) {
        throw e;
      }
      return text;
    }
  }

  private Object value(int depth) {
    skipSpace();
    if (depth > MAX_DEPTH) {
      throw error("at most " + MAX_DEPTH + " levels are possible");
    }
    switch (peek()) {
      case '{':
        return object(depth);
      case '[':
        return array(depth);
      case '"':
        return string();
      case 't':
        return word("true", true);
      case 'f':
        return word("false", false);
      case 'n':
        return word("null", null);
      default:
        return number();
    }
  }

  private Map<String, Object> object(int depth) {
    Map<String, Object> object = new LinkedHashMap<>();
    position++;
    if (accept('}')) {
      return object;
    }
    do {
      skipSpace();
      String key = string();
      expect(':');
      object.put(key, value(depth + 1));
    } while (accept(','));
    expect('}');
    return object;
  }

  private List<Object> array(int depth) {
    List<Object> array = new ArrayList<>();
    position++;
    if (accept(']')) {
      return array;
    }
    do {
      array.add(value(depth + 1));
    } while (accept(','));
    expect(']');
    return array;
  }

  private String string() {
    if (peek() != '"') {
      throw error("a string in double quotes is expected");
    }
    StringBuilder string = new StringBuilder();
    position++;
    for (char c = peek(); c != '"'; c = peek()) {
      if (c < ' ') {
        throw error(position < text.length() ? "a control character" : "the string has no end");
      }
      position++;
      string.append(c == '\\' ? escaped() : c);
    }
    position++;
    return string.toString();
  }

  private char escaped() {
    char c = peek();
    position++;
    switch (c) {
      case 'b':
        return '\b';
      case 'f':
        return '\f';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case 'u':
        return unicode();
      default:
        if ("\"\\/".indexOf(c) < 0) {
          position--;
          throw error("no such escape");
        }
        return c;
    }
  }

  private char unicode() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = peek() < 128 ? Character.digit(peek(), 16) : -1;
      if (digit < 0) {
        throw error("four hexadecimal digits are expected");
      }
      code = code << 4 | digit;
      position++;
    }
    return (char) code;
  }

  private Object word(String word, Object value) {
    if (!text.startsWith(word, position)) {
      throw error("a value is expected");
    }
    position += word.length();
    return value;
  }

  private Object number() {
    Matcher matcher = NUMBER.matcher(text).region(position, text.length());
    if (!matcher.lookingAt()) {
      throw error("a value is expected");
    }
    position = matcher.end();
    return matcher.group(1).isEmpty() ? integer(matcher.group()) : real(matcher.group());
  }

  private static Object integer(String digits) {
    BigInteger big = new BigInteger(digits);
    return big.bitLength() < Long.SIZE ? (Object) big.longValue() : big;
  }

  private Object real(String digits) {
    double number = Double.parseDouble(digits);
    try {
      return Double.isInfinite(number) ? (Object) new BigDecimal(digits) : number;
    } catch (NumberFormatException e) {
      throw error("the number is too large");
    }
  }

  private boolean accept(char expected) {
    skipSpace();
    boolean there = peek() == expected;
    position += there ? 1 : 0;
    return there;
  }

  private void expect(char expected) {
    if (!accept(expected)) {
      throw error("'" + expected + "' is expected");
    }
  }

  private void skipSpace() {
    while (" \t\n\r".indexOf(peek()) >= 0) {
      position++;
    }
  }

  /** The character at the position; one that is nowhere allowed at the end. */
  private char peek() {
    return position < text.length() ? text.charAt(position) : '\0';
  }

  private JsonException error(String what) {
    return new JsonException(what + " at character " + (position + 1));
  }
}
