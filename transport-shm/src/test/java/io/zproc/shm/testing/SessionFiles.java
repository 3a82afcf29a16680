package io.zproc.shm.testing;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Which files of sessions a server's directory had at some time. */
public final class SessionFiles {
  private final Path sessions;
  private final Set<Object> inodes = new HashSet<>();

  private SessionFiles(Path sessions) {
    this.sessions = sessions;
  }

  public static SessionFiles of(TestServer server) throws IOException {
    SessionFiles files = new SessionFiles(server.directory().resolve("sessions"));
    for (Path file : files.list()) {
      files.inodes.add(inode(file));
    }
    return files;
  }

  /** A file that was made since, maybe with the name of one that is gone; null if none was. */
  public Path findNew() throws IOException {
    for (Path file : list()) {
      if (!inodes.contains(inode(file))) {
        return file;
      }
    }
    return null;
  }

  public static void truncate(Path file) throws IOException {
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      access.setLength(0);
    }
  }

  private List<Path> list() throws IOException {
    try (Stream<Path> files = Files.list(sessions)) {
      return files.toList();
    }
  }

  private static Object inode(Path file) throws IOException {
    try {
      return Files.getAttribute(file, "unix:ino");
    } catch (NoSuchFileException e) {
      return file;
    }
  }
}
