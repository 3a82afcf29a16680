package io.zproc.examples;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The class path of this test, with its directories packed into jars, as programs of users have it:
 * only then is there a class archive, with which a JVM starts in a third of the time.
 */
final class JarClassPath {
  private static final String TEXT = pack();

  private JarClassPath() {}

  static String text() {
    return TEXT;
  }

  private static String pack() {
    String plain =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> entries = new ArrayList<>();
    for (String entry : plain.split(File.pathSeparator)) {
      Path path = Path.of(entry);
      entries.add(Files.isDirectory(path) ? pack(path, entries.size()).toString() : entry);
    }
    return String.join(File.pathSeparator, entries);
  }

  /** Always to the same place, so that the archive of the last run is replaced. */
  private static Path pack(Path directory, int number) {
    try {
      Path jar = target().resolve("jars").resolve(number + ".jar");
      Files.createDirectories(jar.getParent());
      Files.deleteIfExists(jar);
      write(directory, jar);
      return jar;
    } catch (IOException | URISyntaxException e) {
      throw new AssertionError("can not pack " + directory, e);
    }
  }

  private static Path target() throws URISyntaxException {
    return Path.of(JarClassPath.class.getProtectionDomain().getCodeSource().getLocation().toURI())
        .getParent();
  }

  private static void write(Path directory, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> files = Files.walk(directory)) {
      files.filter(Files::isRegularFile).sorted().forEach(each -> add(directory, each, out));
    }
  }

  private static void add(Path directory, Path file, JarOutputStream to) {
    try {
      to.putNextEntry(
          new JarEntry(directory.relativize(file).toString().replace(File.separatorChar, '/')));
      Files.copy(file, to);
      to.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
