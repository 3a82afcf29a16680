package io.zproc.internal.jvm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The file name of a class archive.
 *
 * @param place what stays when something is rebuilt in its place: main class, JDK, paths
 * @param content what changes then: version of the JDK, size and time of each jar
 */
record ArchiveName(String place, String content) {
  /** Empty if the class path has something else than jars, which archives do not support. */
  static Optional<ArchiveName> of(String mainClass, List<Path> classPath) {
    StringBuilder place = new StringBuilder(mainClass);
    place.append('\n').append(System.getProperty("java.home"));
    StringBuilder content = new StringBuilder(System.getProperty("java.vm.version"));
    for (Path entry : classPath) {
      place.append('\n').append(entry);
      try {
        BasicFileAttributes file = Files.readAttributes(entry, BasicFileAttributes.class);
        if (!file.isRegularFile()) {
          return Optional.empty();
        }
        content.append('\n').append(file.size()).append(' ').append(file.lastModifiedTime());
      } catch (IOException e) {
        return Optional.empty();
      }
    }
    return Optional.of(new ArchiveName(digest(place), digest(content)));
  }

  /** The final name of an archive of this size. */
  String whole(long size) {
    return place + "-" + content + "-" + size + ".jsa";
  }

  /** Matches the final name, whatever the size. */
  String any() {
    return place + "-" + content + "-*.jsa";
  }

  /** The name under which one process writes the archive. */
  String written(String process) {
    return place + "-" + content + "." + process + ".new";
  }

  /** The file whose time says who writes the archive, and since when. */
  String claim() {
    return place + "-" + content + ".claim";
  }

  private static String digest(CharSequence text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] hash = sha.digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
