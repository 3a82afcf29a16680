package io.zproc.shm.internal.journal;

import io.zproc.ZProcException;
import io.zproc.codec.ByteWriter;
import io.zproc.shm.internal.os.FileSpace;
import io.zproc.shm.internal.os.Helper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Appends to one segment, whose pages it reserves ahead of the end. The server's thread only. */
final class SegmentWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentWriter.class);

  /** What the queue may need beside an event, for its index pages. */
  static final long MARGIN = 512 << 10;

  /** The queue's own word for a lock that nobody holds. */
  private static final long UNLOCKED = 1L << 63;

  /** How far ahead of the end the file's pages are reserved, at most. */
  private static final long MAX_AHEAD = 16L << 20;

  final long first;
  private final Path segment;
  private final SingleChronicleQueue queue;
  private final ExcerptAppender appender;
  private final Helper helper;
  private final long ahead;
  private Path file;
  private long position;

  /**
   * Up to where the file has pages; written by the server's thread or, meanwhile, by the helper.
   */
  private volatile long reservedTo;

  private Future<?> reserving;

  private SegmentWriter(
      long first, Path segment, long ahead, Helper helper, SingleChronicleQueue queue) {
    this.ahead = Math.min(ahead, MAX_AHEAD);
    this.first = first;
    this.segment = segment;
    this.helper = helper;
    this.queue = queue;
    this.appender = queue.createAppender();
    this.appender.singleThreadedCheckDisabled(true);
  }

  /**
   * Opens a segment, making it if it is not there.
   *
   * @param ahead how many bytes to reserve ahead of the end at most
   */
  static SegmentWriter open(Path journal, long first, long ahead, Helper helper) {
    Path segment = JournalFiles.segment(journal, first);
    try {
      if (!Files.isDirectory(segment)) {
        JournalFiles.create(segment);
      }
    } catch (IOException e) {
      throw new ZProcException("can not create the segment " + segment + ": " + e, e);
    }
    SingleChronicleQueue queue = JournalFiles.open(segment, false);
    // The directory's own lock says that no other writer lives; the queue only guesses by pids, and
    // wrongly where they are reused.
    queue.tableStorePut("chronicle.write.lock", UNLOCKED);
    queue.tableStorePut("chronicle.append.lock", UNLOCKED);
    return new SegmentWriter(first, segment, ahead, helper, queue);
  }

  /**
   * Makes sure that the file has room for an event of that length.
   *
   * @throws io.zproc.CapacityException when the file system does not allow it
   */
  void ensureRoom(int length) {
    long end = position + length + MARGIN;
    if (end + ahead / 2 > reservedTo && file != null) {
      reserve(end);
    }
  }

  private void reserve(long end) {
    if (reserving == null || reserving.isDone()) {
      reserving = helper.submit(() -> reserveTo(end + ahead));
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
  void append(ByteWriter event) {
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
    try {
      reservedTo = position;
      file = JournalFiles.queueFiles(segment)[0];
    } catch (IOException e) {
      throw new ZProcException("can not list the segment " + segment + ": " + e, e);
    }
    ensureRoom(0);
  }

  /** What it takes so far, in bytes; known from the first event on that is appended here. */
  long size() {
    return position;
  }

  /** Gives back the pages that were reserved behind its end. */
  void seal() {
    if (file == null) {
      return;
    }
    if (reserving != null) {
      awaitReservation();
    }
    long end = position + MARGIN;
    try {
      FileSpace.release(file, end, Math.max(0, reservedTo - end));
    } catch (IOException e) {
      LOG.debug("can not give back the pages behind the end of {}", file, e);
    }
  }

  @Override
  public void close() {
    appender.close();
    queue.close();
  }
}
