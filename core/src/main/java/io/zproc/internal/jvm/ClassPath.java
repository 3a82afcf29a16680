package io.zproc.internal.jvm;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The class path of this JVM, as a child needs it. Stateless. */
final class ClassPath {
  private ClassPath() {}

  /** Absolute, so that it also holds for a child in another directory. */
  static List<Path> current() {
    return entries(text());
  }

  static List<Path> entries(String classPath) {
    return Arrays.stream(classPath.split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath())
        .distinct()
        .toList();
  }

  static String join(List<Path> entries) {
    return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /** Surefire may run tests from a jar that has nothing but a manifest, and names the real path. */
  private static String text() {
    String text = System.getProperty("java.class.path", "");
    String tests = System.getProperty("surefire.test.class.path");
    return text.contains("surefirebooter") && tests != null ? tests : text;
  }
}
