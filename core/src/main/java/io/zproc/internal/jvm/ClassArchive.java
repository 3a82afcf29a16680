package io.zproc.internal.jvm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * Keeps archives of loaded classes (AppCDS), which more than halve the start of a JVM that opens a
 * map and a queue.
 *
 * <p>An archive belongs to a main class, a JDK and a class path, with the size and time of each
 * jar. It is written by the JVM of the first command that would have used it, when that JVM ends:
 * to a name of its own, which a later command renames once the archive is whole. So nobody sees
 * half an archive, whoever is killed when. They live in a directory of the temporary directory that
 * only this user can write to, never in the home directory.
 *
 * <p>No failure here is an error: without an archive a JVM starts all the same, later. The {@code
 * zproc} script makes an archive of its own, when it builds, because it must not start a JVM to
 * find out how to start a JVM; it tells of it by {@link #PROPERTY}, and no other is made then.
 *
 * <p>Thread-safe, and safe among processes.
 */
final class ClassArchive {
  /** Names the archive that this JVM runs with; its children use it, too, whatever they run. */
  static final String PROPERTY = "zproc.archive";

  /** How long the first process may take before another one may write the archive, too. */
  private static final Duration CLAIM = Duration.ofMinutes(1);

  /** First bytes of a whole archive; the JVM writes them last. */
  private static final byte[] MAGIC = {(byte) 0xa8, (byte) 0xab, 0x0b, (byte) 0xf0};

  private final Path directory;
  private final ArchiveName name;

  ClassArchive(Path directory, ArchiveName name) {
    this.directory = directory;
    this.name = name;
  }

  /**
   * The flags that let {@code mainClass} use or write its archive below the directory {@code
   * temporary}; none where there can be none.
   */
  static List<String> flags(Path temporary, String mainClass, List<Path> classPath) {
    Optional<Path> directory = UserDirectory.under(temporary, "cds");
    Optional<ArchiveName> name = ArchiveName.of(mainClass, classPath);
    if (directory.isEmpty() || name.isEmpty()) {
      return List.of();
    }
    try {
      return new ClassArchive(directory.get(), name.get()).flags();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  /** The flags that let a child use {@code archive}, and its own children likewise. */
  static List<String> given(String archive) {
    List<String> flags = new ArrayList<>(JvmFlags.archive("-XX:SharedArchiveFile=" + archive));
    flags.add("-D" + PROPERTY + "=" + archive);
    return flags;
  }

  List<String> flags() throws IOException {
    Optional<Path> archive = archive();
    if (archive.isPresent()) {
      Files.setLastModifiedTime(archive.get(), FileTime.from(Instant.now()));
      return JvmFlags.archive("-XX:SharedArchiveFile=" + archive.get());
    }
    if (!claim()) {
      return List.of();
    }
    new ArchiveSweep(directory).around(name);
    Path written = directory.resolve(name.written(UUID.randomUUID().toString()));
    return JvmFlags.archive("-XX:ArchiveClassesAtExit=" + written);
  }

  /** The archive; if there is none yet, one that was written meanwhile, under its final name. */
  private Optional<Path> archive() throws IOException {
    Optional<Path> whole = first(name.any(), this::isWhole);
    if (whole.isPresent()) {
      return whole;
    }
    Optional<Path> written = first(name.written("*"), ClassArchive::isWritten);
    if (written.isEmpty()) {
      return written;
    }
    Path archive = directory.resolve(name.whole(Files.size(written.get())));
    return Optional.of(Files.move(written.get(), archive, StandardCopyOption.ATOMIC_MOVE));
  }

  private Optional<Path> first(String glob, Predicate<Path> test) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, glob)) {
      return StreamSupport.stream(files.spliterator(), false).filter(test).findFirst();
    }
  }

  /** A JVM may die of a file that ends too early, so the name says how long it is. */
  private boolean isWhole(Path archive) {
    String real = name.whole(archive.toFile().length());
    return isWritten(archive) && archive.getFileName().toString().equals(real);
  }

  private boolean claim() throws IOException {
    Path claim = directory.resolve(name.claim());
    try {
      Files.createFile(claim);
      return true;
    } catch (FileAlreadyExistsException e) {
      Instant now = Instant.now();
      if (Files.getLastModifiedTime(claim).toInstant().isAfter(now.minus(CLAIM))) {
        return false;
      }
      Files.setLastModifiedTime(claim, FileTime.from(now));
      return true;
    }
  }

  private static boolean isWritten(Path archive) {
    try (InputStream in = Files.newInputStream(archive)) {
      return Arrays.equals(MAGIC, in.readNBytes(MAGIC.length));
    } catch (IOException e) {
      return false;
    }
  }
}
