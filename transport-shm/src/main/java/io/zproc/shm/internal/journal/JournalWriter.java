package io.zproc.shm.internal.journal;

import io.zproc.CapacityException;
import io.zproc.ZProcException;
import io.zproc.shm.internal.checkpoint.CheckpointFiles;
import io.zproc.shm.internal.os.Files600;
import io.zproc.shm.internal.os.Helper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * The journal is a row of segments. With each one but the very first belongs a checkpoint: the state
 * in front of its first event.
 *
 * A segment takes four times what the last checkpoint took, so that checkpoints are a fifth of what
 * is written, but at least 64 MiB and at most a quarter of the journal's limit.
 */

/** Appends events, segment by segment; the server's thread only, which holds the directory. */
public final class JournalWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
  private static final long SMALLEST_SEGMENT = 64L << 20;
  private static final int SEGMENT_TO_CHECKPOINT = 4;
  private static final int MIN_SEGMENTS = 4;

  /** So many short events make a long one forgotten, more or less. */
  private static final int FORGETTING = 256;

  private final Path directory;
  private final long maxBytes;
  private final Helper helper;
  private final Retention full;
  private SegmentWriter current;
  private boolean made;

  /** The segment that the helper makes ahead of need, or null. */
  private Future<SegmentWriter> next;

  /** About how long the longest of the last events are, in bytes. */
  private int longest;

  /** −1 while there is none. */
  private long currentCheckpointBytes;

  private long segmentBytes;

  private JournalWriter(Path directory, long maxBytes, Helper helper, LongConsumer onTrim) {
    this.directory = directory;
    this.maxBytes = maxBytes;
    this.helper = helper;
    this.full = new Retention(directory, helper, onTrim);
  }

  /**
   * Opens the journal of a directory, making an empty one where there is none.
   *
   * @param onTrim told of the journal's first revision before older ones are taken away
   */
  public static JournalWriter open(
      Path directory, long maxBytes, Helper helper, LongConsumer onTrim) {
    JournalWriter writer = new JournalWriter(directory, maxBytes, helper, onTrim);
    writer.open(onTrim);
    return writer;
  }

  private void open(LongConsumer onTrim) {
    try {
      Files600.createDirectories(directory);
      JournalFiles.clean(directory);
      CheckpointFiles.clean(directory);
      long[] segments = JournalFiles.list(directory);
      for (int i = 0; i < segments.length - 1; i++) {
        long first = segments[i];
        full.add(first, bytesOf(first, segments[i + 1]), checkpointBytes(first));
      }
      made = segments.length == 0;
      long last = made ? 1 : segments[segments.length - 1];
      current = made ? makeFirst() : SegmentWriter.open(directory, last, ahead(), helper);
      currentCheckpointBytes = checkpointBytes(last);
    } catch (IOException e) {
      throw new ZProcException("can not open the journal " + directory + ": " + e, e);
    }
    chooseSegmentBytes();
    onTrim.accept(first());
  }

  /** A queue's file is longer than what it holds; that stands in the checkpoint behind it. */
  private long bytesOf(long first, long next) throws IOException {
    long known = CheckpointFiles.segmentBytes(directory, next - 1);
    if (known >= 0) {
      return known;
    }
    long bytes = 0;
    for (Path file : JournalFiles.queueFiles(JournalFiles.segment(directory, first))) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  /** The empty state in front of revision 1 needs no file. */
  private long checkpointBytes(long first) {
    return first == 1 ? 0 : CheckpointFiles.bytes(directory, first - 1);
  }

  private SegmentWriter makeFirst() throws IOException {
    SegmentWriter segment = SegmentWriter.prepare(directory, ahead(), 0, helper);
    segment.begin(directory, 1);
    return segment;
  }

  private long ahead() {
    return maxBytes / (2 * MIN_SEGMENTS);
  }

  private void chooseSegmentBytes() {
    long wanted = SEGMENT_TO_CHECKPOINT * Math.max(0, currentCheckpointBytes);
    segmentBytes = Math.min(maxBytes / MIN_SEGMENTS, Math.max(SMALLEST_SEGMENT, wanted));
  }

  /** Whether there was none before. */
  public boolean isNew() {
    return made;
  }

  /** The first revision that it holds. */
  public long first() {
    return full.isEmpty() ? current.first() : full.first();
  }

  /** Whether its limit allows an event of that length, once the oldest are taken away. */
  public boolean hasRoom(int length) {
    long needed = length + SegmentWriter.MARGIN;
    return size() + needed <= maxBytes || trim(needed);
  }

  /**
   * Makes sure that an event of that length can be appended.
   *
   * @throws CapacityException when the journal's limit or the file system does not allow it
   */
  public void ensureRoom(int length) {
    if (!hasRoom(length)) {
      throw new CapacityException(
          "the journal has reached its size of "
              + maxBytes
              + " bytes, and holds no more than the state and its last changes: start the server"
              + " with a larger maxJournalBytes, at least "
              + MIN_SEGMENTS
              + " times as much as the state takes");
    }
    longest = Math.max(length, longest - longest / FORGETTING);
    current.ensureRoom(length, longest);
  }

  /**
   * Whether an event of that length can be appended without waiting for memory. If not, it will be
   * soon. True, too, when the limit does not allow it: then it is no use to wait.
   */
  public boolean isReady(int length) {
    boolean isAllowed = size() + length + SegmentWriter.MARGIN <= maxBytes;
    return !isAllowed || current.isReady(length, Math.max(length, longest));
  }

  /** Appends an event; {@link #ensureRoom} was called for it. */
  public void append(EventBytes event) {
    current.append(event);
  }

  /** Whether the last append has failed and left nothing. */
  public boolean isRolledBack() {
    return current.isRolledBack();
  }

  /**
   * Whether it is time to go on in another segment, which is prepared some time before, and waited
   * for if it comes too late.
   */
  public boolean isSegmentFull() {
    long size = current.size();
    if (size > segmentBytes - segmentBytes / 4) {
      prepareNext();
    }
    return size >= segmentBytes && (next.isDone() || size >= segmentBytes + segmentBytes / 4);
  }

  /** Whether the state in front of the segment that is written can be read. */
  public boolean hasCheckpoint() {
    return currentCheckpointBytes >= 0;
  }

  /**
   * Goes on in a new segment, which begins with that revision and has no checkpoint yet.
   *
   * @return what the segment before takes, in bytes
   */
  public long roll(long first) {
    if (current.first() != first) {
      goOnIn(takeNext(), first);
    }
    return full.newestBytes();
  }

  private void prepareNext() {
    if (next == null) {
      int expected = longest;
      next = helper.submit(() -> SegmentWriter.prepare(directory, ahead(), expected, helper));
    }
  }

  private SegmentWriter takeNext() {
    prepareNext();
    try {
      return next.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new ZProcException("can not make a segment in " + directory + ": " + e.getCause(), e);
    } finally {
      next = null;
    }
  }

  private void goOnIn(SegmentWriter segment, long first) {
    try {
      segment.begin(directory, first);
    } catch (IOException e) {
      throw new ZProcException("can not begin a segment in " + directory + ": " + e, e);
    }
    full.add(current.first(), current.size(), currentCheckpointBytes);
    helper.submit(current::seal);
    current = segment;
    currentCheckpointBytes = -1;
  }

  /** The checkpoint in front of the segment that is written is there. */
  public void checkpointed(long bytes) {
    currentCheckpointBytes = bytes;
    chooseSegmentBytes();
    trim(segmentBytes + bytes);
  }

  /** Takes away what is oldest until there is room for so many bytes; returns whether there is. */
  private boolean trim(long bytes) {
    return full.trim(maxBytes - bytes - currentBytes(), hasCheckpoint() ? current.first() : -1);
  }

  /** What segments and checkpoints take so far, in bytes. */
  public long size() {
    return full.bytes() + currentBytes();
  }

  private long currentBytes() {
    return current.size() + Math.max(0, currentCheckpointBytes);
  }

  @Override
  public void close() {
    current.close();
    if (next != null && next.isDone()) {
      closeNext();
    }
  }

  private void closeNext() {
    try {
      takeNext().close();
    } catch (ZProcException e) {
      LOG.debug("there was no next segment to close", e);
    }
  }
}
