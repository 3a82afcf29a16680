package io.zproc.shm.internal.journal;

import io.zproc.shm.internal.os.FileSpace;
import io.zproc.shm.internal.os.Files600;
import io.zproc.shm.internal.os.Helper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;

/** Appends to one segment, whose pages it reserves ahead of the end. The server's thread only. */
final class SegmentWriter implements AutoCloseable {
  /** What the queue may need beside an event, for its index pages. */
  static final long MARGIN = 512 << 10;

  /** The queue's own word for a lock that nobody holds. */
  private static final long UNLOCKED = 1L << 63;

  private final SingleChronicleQueue queue;
  private final ExcerptAppender appender;
  private final SegmentPages pages;
  private Path file;
  private long first;
  private long position;
  private boolean rolledBack;

  private SegmentWriter(Path segment, long ahead, Helper helper) {
    this.queue = JournalFiles.open(segment, false);
    this.pages = new SegmentPages(ahead, helper);
    // The directory's own lock says that no other writer lives; the queue only guesses by pids, and
    // wrongly where they are reused.
    queue.tableStorePut("chronicle.write.lock", UNLOCKED);
    queue.tableStorePut("chronicle.append.lock", UNLOCKED);
    appender = queue.createAppender();
    appender.singleThreadedCheckDisabled(true);
  }

  /**
   * Makes a segment that is no part of the journal until it {@link #begin}s. Whoever calls it, here
   * the helper, has it to itself until it hands it over.
   *
   * @param ahead how many bytes to reserve ahead of the end at most
   * @param longest how long the events are that come, in bytes
   * @throws io.zproc.CapacityException when the file system has no room for it
   */
  static SegmentWriter prepare(Path journal, long ahead, int longest, Helper helper)
      throws IOException {
    FileSpace.requireRoom(journal, 2 * MARGIN);
    Path segment = JournalFiles.unfinished(journal);
    Files600.deleteRecursively(segment);
    Files600.createDirectories(segment);
    SegmentWriter writer = new SegmentWriter(segment, ahead, helper);
    writer.createFile();
    writer.file(JournalFiles.queueFiles(segment)[0]);
    writer.pages.prepare(2L * longest + MARGIN, 2L * longest + MARGIN);
    return writer;
  }

  /** The queue makes its file for the first document, even one that is taken back. */
  private void createFile() {
    try (DocumentContext document = appender.writingDocument()) {
      pages.noteWindow(document.wire().bytes(), 0);
      document.rollbackOnClose();
    }
  }

  private void file(Path path) {
    file = path;
    pages.file(path);
  }

  /** Makes it the journal's last segment. */
  void begin(Path journal, long firstRevision) throws IOException {
    Path segment = JournalFiles.segment(journal, firstRevision);
    Files.move(file.getParent(), segment, StandardCopyOption.ATOMIC_MOVE);
    file(segment.resolve(file.getFileName()));
    first = firstRevision;
    ensureRoom(0, 0);
  }

  /** Opens a segment that is there, to go on at its end. */
  static SegmentWriter open(Path journal, long first, long ahead, Helper helper)
      throws IOException {
    Path segment = JournalFiles.segment(journal, first);
    Path[] files = JournalFiles.queueFiles(segment);
    if (files.length != 1) {
      throw new IOException(segment + " has " + files.length + " files of events instead of one");
    }
    SegmentWriter writer = open(segment, ahead, helper);
    writer.file(files[0]);
    writer.first = first;
    return writer;
  }

  private static SegmentWriter open(Path segment, long ahead, Helper helper) {
    try {
      return new SegmentWriter(segment, ahead, helper);
    } catch (IllegalStateException | UnsupportedOperationException e) {
      throw JournalFiles.unusable(segment, e);
    }
  }

  /** The revision of its first event. */
  long first() {
    return first;
  }

  /**
   * Makes sure that the file has room for an event of that length.
   *
   * @throws io.zproc.CapacityException when the file system does not allow it
   */
  void ensureRoom(int length, int longest) {
    pages.ensure(position + length + MARGIN, longest);
  }

  /** Whether an event of that length can be appended without waiting for memory; asks for it. */
  boolean isReady(int length, int longest) {
    long end = position + length;
    boolean isReady = pages.isReady(end);
    if (!isReady) {
      pages.request(end + MARGIN, longest);
    }
    return isReady;
  }

  /** Appends an event; {@link #ensureRoom} was called for it. */
  void append(EventBytes event) {
    rolledBack = false;
    try (DocumentContext document = appender.writingDocument()) {
      try {
        Bytes<?> bytes = document.wire().bytes();
        event.appendTo(bytes);
        position = bytes.writePosition();
        pages.noteWindow(bytes, position);
      } catch (Throwable t) {
        document.rollbackOnClose();
        rolledBack = true;
        throw t;
      }
    }
  }

  /** Whether the last append has failed and left nothing. */
  boolean isRolledBack() {
    return rolledBack;
  }

  /** What it takes so far, in bytes; known from the first event on that is appended here. */
  long size() {
    return position;
  }

  /**
   * Gives back the pages that were reserved behind its end, and closes it. To be called when
   * nothing is appended any more, by the helper.
   */
  Void seal() throws IOException {
    long end = position + MARGIN;
    FileSpace.release(file, end, Math.max(0, pages.reservedTo() - end));
    close();
    return null;
  }

  @Override
  public void close() {
    appender.close();
    queue.close();
  }
}
