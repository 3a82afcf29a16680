package io.zproc.shm.internal.journal;

import io.zproc.ClosedException;
import io.zproc.HistoryLostException;
import io.zproc.shm.internal.checkpoint.CheckpointReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * The segments of a journal for the readers of one process, opened when needed. Thread-safe.
 *
 * <p>The server takes segments away without asking anybody. It says so first, in the control file,
 * and then clears their memory; so a reader copies an event out and looks at {@link #first}
 * afterwards.
 */
public final class JournalSegments implements AutoCloseable {
  private final Path journal;
  private final LongSupplier first;
  private final Map<Long, SegmentQueue> open = new TreeMap<>();
  private volatile long[] known = {};
  private boolean closed;

  /**
   * @param first gives the first revision that the journal holds
   */
  public JournalSegments(Path journal, LongSupplier first) {
    this.journal = journal;
    this.first = first;
  }

  /** A reader in front of revision 1. */
  public JournalReader reader() {
    return new JournalReader(this);
  }

  /** The first revision that the journal holds. */
  long first() {
    return first.getAsLong();
  }

  HistoryLostException lost(long revision) {
    return new HistoryLostException(
        "the journal no longer holds revisions "
            + revision
            + " to "
            + (first() - 1)
            + ": they were trimmed to keep its size below maxJournalBytes, before this watcher had"
            + " read them. Go live, and take the state as it is now");
  }

  /** Looks which segments there are. */
  void refresh() {
    known = JournalFiles.list(journal);
    closeUnused();
  }

  /**
   * The segment that holds a revision, or will, as far as it is known.
   *
   * @return its first revision, or −1 if none is as old
   */
  long segmentOf(long revision) {
    long[] segments = known;
    int place = Arrays.binarySearch(segments, revision);
    place = place >= 0 ? place : -place - 2;
    return place < 0 ? -1 : segments[place];
  }

  /** Opens a segment for a reader, who gives it back; null if it is not there. */
  synchronized SegmentQueue take(long segment) {
    if (closed) {
      throw new ClosedException("the connection to " + journal.getParent() + " was closed");
    }
    SegmentQueue queue = open.get(segment);
    if (queue == null) {
      Path path = JournalFiles.segment(journal, segment);
      if (segment < 0 || !Files.isDirectory(path)) {
        return null;
      }
      queue = new SegmentQueue(segment, JournalFiles.open(path, true));
      open.put(segment, queue);
    }
    queue.readers++;
    return queue;
  }

  synchronized void giveBack(SegmentQueue queue) {
    queue.readers--;
  }

  private synchronized void closeUnused() {
    open.values().removeIf(this::closeIfUnused);
  }

  /** The newest is kept: the next reader will want it. */
  private boolean closeIfUnused(SegmentQueue queue) {
    boolean isNewest = known.length > 0 && known[known.length - 1] == queue.first;
    if (queue.readers > 0 || isNewest) {
      return false;
    }
    queue.close();
    return true;
  }

  /** The checkpoint in front of a segment. */
  CheckpointReader checkpoint(long segment) throws IOException {
    return CheckpointReader.open(journal, segment - 1);
  }

  /** Ends all readers. */
  @Override
  public synchronized void close() {
    closed = true;
    open.values().forEach(SegmentQueue::close);
    open.clear();
  }
}
