package io.zproc.shm.internal.journal;

import io.zproc.CapacityException;
import io.zproc.ZProcException;
import io.zproc.codec.ByteWriter;
import io.zproc.shm.internal.os.FileSpace;
import io.zproc.shm.internal.os.Files600;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;

/** Appends events; the server's thread only, which holds the directory's lock. */
public final class JournalWriter implements AutoCloseable {
  /** The queue's own word for a lock that nobody holds. */
  private static final long UNLOCKED = 1L << 63;

  /** Reserved ahead of the end at a time; the queue also puts its index pages there. */
  private static final long RESERVE_AHEAD = 4L << 20;

  private static final long MARGIN = 512 << 10;

  private final Path directory;
  private final long maxBytes;
  private final SingleChronicleQueue queue;
  private final ExcerptAppender appender;
  private Path file;
  private long position;
  private long reservedTo;

  private JournalWriter(Path directory, long maxBytes, SingleChronicleQueue queue) {
    this.directory = directory;
    this.maxBytes = maxBytes;
    this.queue = queue;
    this.appender = queue.createAppender();
    this.appender.singleThreadedCheckDisabled(true);
  }

  /** Opens the journal of a directory, making an empty one where there is none. */
  public static JournalWriter open(Path directory, long maxBytes) {
    try {
      if (!Files.isDirectory(directory)) {
        create(directory);
      }
    } catch (IOException e) {
      throw new ZProcException("can not create the journal " + directory + ": " + e, e);
    }
    SingleChronicleQueue queue = JournalFiles.open(directory, false);
    // The directory's own lock says that no other writer lives; the queue only guesses by pids, and
    // wrongly where they are reused.
    queue.tableStorePut("chronicle.write.lock", UNLOCKED);
    queue.tableStorePut("chronicle.append.lock", UNLOCKED);
    return new JournalWriter(directory, maxBytes, queue);
  }

  /** Made under another name first: a writer killed meanwhile would leave it unusable. */
  private static void create(Path directory) throws IOException {
    Path unfinished = directory.resolveSibling(directory.getFileName() + ".tmp");
    Files600.deleteRecursively(unfinished);
    Files600.createDirectories(unfinished);
    try (SingleChronicleQueue queue = JournalFiles.open(unfinished, false);
        ExcerptAppender appender = queue.createAppender()) {
      appender.sync();
    }
    Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Makes sure that an event of that length can be appended.
   *
   * @throws CapacityException when the journal's size or the file system does not allow it
   */
  public void ensureRoom(int length) {
    long end = position + length + MARGIN;
    if (end <= reservedTo) {
      return;
    }
    if (end > maxBytes) {
      throw new CapacityException(
          "the journal has reached its size of "
              + maxBytes
              + " bytes: start the server with a larger maxJournalBytes");
    }
    if (file != null) {
      FileSpace.reserve(file, reservedTo, end + RESERVE_AHEAD - reservedTo);
      reservedTo = end + RESERVE_AHEAD;
    }
  }

  /** Appends an event; {@link #ensureRoom} was called for it. */
  public void append(ByteWriter event) {
    try (DocumentContext document = appender.writingDocument()) {
      try {
        Bytes<?> bytes = document.wire().bytes();
        bytes.write(event.array(), 0, event.position());
        position = bytes.writePosition();
      } catch (Throwable t) {
        document.rollbackOnClose();
        throw t;
      }
    }
    if (file == null) {
      findFile();
    }
  }

  private void findFile() {
    try (Stream<Path> files = Files.list(directory)) {
      file = files.filter(path -> path.toString().endsWith(".cq4")).findFirst().orElseThrow();
      reservedTo = position;
    } catch (IOException e) {
      throw new ZProcException("can not list the journal " + directory + ": " + e, e);
    }
    ensureRoom(0);
  }

  /** What the journal takes so far, in bytes. */
  public long size() {
    return position;
  }

  @Override
  public void close() {
    appender.close();
    queue.close();
  }
}
