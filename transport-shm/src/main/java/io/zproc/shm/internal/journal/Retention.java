package io.zproc.shm.internal.journal;

import io.zproc.shm.internal.checkpoint.CheckpointFiles;
import io.zproc.shm.internal.os.Helper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * As long as the journal begins with a segment whose checkpoint is complete, it can be read from
 * there. So when it has grown to its limit, the oldest segments go, up to the next one with a
 * checkpoint.
 */

/** The full segments, oldest first, with their checkpoints; the server's thread only. */
final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  /** It and its checkpoint in bytes, −1 for no checkpoint. */
  private record Segment(long first, long bytes, long checkpointBytes) {}

  private final Path directory;
  private final Helper helper;
  private final LongConsumer onTrim;
  private final Deque<Segment> segments = new ArrayDeque<>();
  private long bytes;

  Retention(Path directory, Helper helper, LongConsumer onTrim) {
    this.directory = directory;
    this.helper = helper;
    this.onTrim = onTrim;
  }

  /**
   * Adds a segment behind the others.
   *
   * @param checkpointBytes of the checkpoint in front of it, −1 for none
   */
  void add(long first, long segmentBytes, long checkpointBytes) {
    segments.add(new Segment(first, segmentBytes, checkpointBytes));
    bytes += segmentBytes + Math.max(0, checkpointBytes);
  }

  boolean isEmpty() {
    return segments.isEmpty();
  }

  /** The first revision of the oldest segment. */
  long first() {
    return segments.element().first;
  }

  /** What the newest segment takes; 0 for none. */
  long newestBytes() {
    return segments.isEmpty() ? 0 : segments.getLast().bytes;
  }

  /** What segments and their checkpoints take. */
  long bytes() {
    return bytes;
  }

  /**
   * Takes the oldest away until all take at most so much.
   *
   * @param current the first revision of the segment behind them, if it has a checkpoint, else −1
   * @return false when there is nothing more that may go
   */
  boolean trim(long allowed, long current) {
    while (bytes > allowed) {
      long next = nextWithCheckpoint(current);
      if (next < 0) {
        return false;
      }
      trimTo(next);
    }
    return true;
  }

  /** The first revision of the oldest segment, behind the first, that has a checkpoint, or −1. */
  private long nextWithCheckpoint(long current) {
    Iterator<Segment> behind = segments.iterator();
    if (!behind.hasNext()) {
      return -1;
    }
    behind.next();
    while (behind.hasNext()) {
      Segment segment = behind.next();
      if (segment.checkpointBytes >= 0) {
        return segment.first;
      }
    }
    return current;
  }

  private void trimTo(long first) {
    onTrim.accept(first);
    while (!segments.isEmpty() && first() < first) {
      Segment segment = segments.remove();
      bytes -= segment.bytes + Math.max(0, segment.checkpointBytes);
      delete(segment.first);
    }
    LOG.debug("the journal of {} begins with revision {}", directory, first);
  }

  private void delete(long first) {
    try {
      Path gone = JournalFiles.takeOut(JournalFiles.segment(directory, first));
      Path checkpoint = CheckpointFiles.path(directory, first - 1);
      helper.submit(() -> Removal.remove(gone, checkpoint));
    } catch (IOException e) {
      LOG.warn("can not take revision {} and what follows out of {}", first, directory, e);
    }
  }
}
