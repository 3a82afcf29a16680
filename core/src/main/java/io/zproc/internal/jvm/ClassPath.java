package io.zproc.internal.jvm;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The class path of this JVM, as a child needs it. Stateless. */
public final class ClassPath {
  /** Names the class path of children, where it is to be another than this JVM's. */
  public static final String PROPERTY = "zproc.child.classpath";

  private ClassPath() {}

  /** Absolute, so that it also holds for a child in another directory. */
  static List<Path> current() {
    return entries(System.getProperty(PROPERTY, System.getProperty("java.class.path", "")));
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
}
