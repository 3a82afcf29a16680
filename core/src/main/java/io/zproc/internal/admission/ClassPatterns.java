package io.zproc.internal.admission;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Names of classes as people list them: {@code com.acme.Job}, {@code com.acme.*} for a package and
 * {@code com.acme.**} for those below it, too. A star stands for any characters but dots, so {@code
 * com.acme.Job*} has the nested classes of {@code Job}; two stars stand for any. Immutable.
 */
final class ClassPatterns {
  private static final Pattern SYNTAX = Pattern.compile("[\\p{javaJavaIdentifierPart}.*]+");
  private static final Pattern PIECE = Pattern.compile("(?<=\\*)(?!\\*)|(?<!\\*)(?=\\*)");

  private final List<Pattern> patterns;

  /**
   * @throws IllegalArgumentException when one of them can not be a name or a pattern of names
   */
  ClassPatterns(Collection<String> texts) {
    patterns = texts.stream().map(ClassPatterns::compile).toList();
  }

  private static Pattern compile(String text) {
    if (!SYNTAX.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no pattern of class names, such as com.acme.jobs.**");
    }
    StringBuilder regex = new StringBuilder();
    for (String piece : PIECE.split(text)) {
      switch (piece) {
        case "*" -> regex.append("[^.]*");
        case "**" -> regex.append(".*");
        default -> regex.append(Pattern.quote(piece));
      }
    }
    return Pattern.compile(regex.toString());
  }

  boolean match(String className) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(className).matches());
  }
}
