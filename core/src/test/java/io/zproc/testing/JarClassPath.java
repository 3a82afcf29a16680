package io.zproc.testing;

import io.zproc.internal.jvm.ClassPath;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets the JVMs that tests start run from jars, as programs of users do, rather than from
 * directories of classes: only then is there a class archive, with which a JVM starts in a third of
 * the time.
 */
public final class JarClassPath implements BeforeAllCallback {
  static {
    System.setProperty(ClassPath.PROPERTY, packed(System.getProperty("java.class.path")));
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    // Once for all, when this class is loaded.
  }

  private static String packed(String classPath) {
    return Arrays.stream(classPath.split(File.pathSeparator))
        .map(entry -> Files.isDirectory(Path.of(entry)) ? pack(Path.of(entry)).toString() : entry)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Always to the same place, so that the archive of the last run is replaced. */
  private static Path pack(Path directory) {
    Path jar = directory.resolveSibling("jars").resolve(directory.getFileName() + ".jar");
    try {
      Files.createDirectories(jar.getParent());
      Files.deleteIfExists(jar);
      write(directory, jar);
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException("can not pack " + directory, e);
    }
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
