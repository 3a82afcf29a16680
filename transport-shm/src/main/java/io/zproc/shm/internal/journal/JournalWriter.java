package io.zproc.shm.internal.journal;

import io.zproc.CapacityException;
import io.zproc.ZProcException;
import io.zproc.codec.ByteWriter;
import io.zproc.shm.internal.os.FileSpace;
import io.zproc.shm.internal.os.Files600;
import io.zproc.shm.internal.os.Helper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Appends events; the server's thread only, which holds the directory's lock. */
public final class JournalWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);

  /** The queue's own word for a lock that nobody holds. */
  private static final long UNLOCKED = 1L << 63;

  /** How far ahead of the end the file's pages are reserved. */
  private static final long AHEAD = 16L << 20;

  /** What the queue may need beside an event, for its index pages. */
  private static final long MARGIN = 512 << 10;

  private final Path directory;
  private final long maxBytes;
  private final SingleChronicleQueue queue;
  private final ExcerptAppender appender;
  private final Helper helper;
  private Path file;
  private long position;

  /** The longest event so far: there may be more of them, so room for two is kept ahead. */
  private long longest;

  /**
   * Up to where the file has pages; written by the server's thread or, meanwhile, by the helper.
   */
  private volatile long reservedTo;

  private Future<?> reserving;

  private JournalWriter(Path directory, long maxBytes, Helper helper, SingleChronicleQueue queue) {
    this.helper = helper;
    this.directory = directory;
    this.maxBytes = maxBytes;
    this.queue = queue;
    this.appender = queue.createAppender();
    this.appender.singleThreadedCheckDisabled(true);
  }

  /** Opens the journal of a directory, making an empty one where there is none. */
  public static JournalWriter open(Path directory, long maxBytes, Helper helper) {
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
    return new JournalWriter(directory, maxBytes, helper, queue);
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
    if (end > maxBytes) {
      throw new CapacityException(
          "the journal has reached its size of "
              + maxBytes
              + " bytes: start the server with a larger maxJournalBytes");
    }
    longest = Math.max(longest, length);
    if (end + longest + AHEAD / 2 > reservedTo && file != null) {
      reserve(end);
    }
  }

  private void reserve(long end) {
    if (reserving == null || reserving.isDone()) {
      reserving = helper.submit(() -> reserveTo(end + 2 * longest + AHEAD));
    }
    if (end > reservedTo) {
      awaitReservation();
    }
    if (end > reservedTo) {
      reserveTo(end);
    }
  }

  private void awaitReservation() {
    try {
      reserving.get();
    } catch (InterruptedException | ExecutionException e) {
      LOG.debug("the helper did not reserve the journal's pages", e);
    }
  }

  private Void reserveTo(long end) {
    long from = reservedTo;
    if (end > from) {
      FileSpace.reserve(file, from, end - from);
      reservedTo = end;
    }
    return null;
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
      reservedTo = position;
      file = files.filter(path -> path.toString().endsWith(".cq4")).findFirst().orElseThrow();
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
