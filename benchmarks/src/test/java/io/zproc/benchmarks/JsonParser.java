package io.zproc.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one JSON text, strictly; for tests. */
final class JsonParser {
  private final String text;
  private int at;

  private JsonParser(String text) {
    this.text = text;
  }

  static Object parse(String text) {
    JsonParser parser = new JsonParser(text);
    Object value = parser.value();
    parser.skipSpace();
    parser.check(parser.at == text.length());
    return value;
  }

  private Object value() {
    skipSpace();
    switch (text.charAt(at)) {
      case '{':
        return object();
      case '[':
        return array();
      case '"':
        return string();
      default:
        return literal();
    }
  }

  private Map<String, Object> object() {
    Map<String, Object> map = new LinkedHashMap<>();
    take('{');
    while (!tookEnd('}', map.isEmpty())) {
      skipSpace();
      String key = string();
      skipSpace();
      take(':');
      map.put(key, value());
    }
    return map;
  }

  private List<Object> array() {
    List<Object> list = new ArrayList<>();
    take('[');
    while (!tookEnd(']', list.isEmpty())) {
      list.add(value());
    }
    return list;
  }

  private boolean tookEnd(char end, boolean first) {
    skipSpace();
    if (text.charAt(at) == end) {
      at++;
      return true;
    }
    if (!first) {
      take(',');
    }
    return false;
  }

  private String string() {
    take('"');
    StringBuilder out = new StringBuilder();
    while (text.charAt(at) != '"') {
      char c = text.charAt(at++);
      check(c >= ' ');
      out.append(c == '\\' ? escaped() : c);
    }
    at++;
    return out.toString();
  }

  private char escaped() {
    char c = text.charAt(at++);
    if (c == 'u') {
      at += 4;
      return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }
    check(c == '"' || c == '\\');
    return c;
  }

  private Object literal() {
    int start = at;
    while (at < text.length() && ",]} \n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(start, at);
    switch (word) {
      case "null":
        return null;
      case "true":
      case "false":
        return Boolean.valueOf(word);
      default:
        return Double.valueOf(word);
    }
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private void take(char expected) {
    check(text.charAt(at) == expected);
    at++;
  }

  private void check(boolean good) {
    if (!good) {
      throw new IllegalArgumentException("no JSON at " + at + ": " + text);
    }
  }
}
