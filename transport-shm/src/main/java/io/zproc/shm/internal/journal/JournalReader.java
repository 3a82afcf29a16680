package io.zproc.shm.internal.journal;

import io.zproc.HistoryLostException;
import io.zproc.ZProcException;
import io.zproc.codec.ByteReader;
import io.zproc.internal.protocol.Event;
import io.zproc.shm.internal.checkpoint.CheckpointReader;
import io.zproc.shm.internal.os.Memory;
import java.io.IOException;
import java.util.zip.CRC32C;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * A position in the journal, moved by one thread at a time. It writes nothing to shared memory, so
 * it can neither slow the server nor, by dying, harm it.
 */
public final class JournalReader implements AutoCloseable {
  private final JournalSegments segments;
  private SegmentQueue segment;
  private ExcerptTailer tailer;
  private long position;

  /** Whether the tailer is behind that revision. */
  private boolean isPlaced;

  /** For comparing each event with its CRC, else null. */
  private CRC32C crc;

  JournalReader(JournalSegments segments) {
    this.segments = segments;
  }

  /**
   * Makes it compare each event with its CRC. A server that starts does; watchers read what a
   * living one has just written.
   */
  public JournalReader checked() {
    crc = new CRC32C();
    return this;
  }

  /** The revision read last. */
  public long position() {
    return position;
  }

  /**
   * Moves behind a revision, which must be in the journal, or 0 for the beginning.
   *
   * @throws HistoryLostException when the journal no longer holds what follows, or not yet
   */
  public void seek(long revision) {
    if (revision == position && isPlaced) {
      return;
    }
    isPlaced = false;
    try {
      place(revision);
    } catch (RuntimeException e) {
      leave();
      throw explain(e, revision + 1);
    }
    requireKept(revision + 1);
    position = revision;
    isPlaced = true;
  }

  /** Moves behind a revision, which is looked for only when the next event is read. */
  public void jump(long revision) {
    isPlaced &= revision == position;
    position = revision;
  }

  private void place(long revision) {
    if (!enter(segments.segmentOf(revision + 1), revision)) {
      segments.refresh();
      if (!enter(segments.segmentOf(revision + 1), revision)) {
        throw new HistoryLostException("the journal does not hold revision " + revision);
      }
    }
  }

  /** Enters a segment, behind a revision; returns false if the segment does not hold it. */
  private boolean enter(long first, long revision) {
    if (!take(first)) {
      return false;
    }
    if (revision < first) {
      tailer.toStart();
      return true;
    }
    if (!tailer.moveToIndex(JournalFiles.index(first, revision))) {
      return false;
    }
    try (DocumentContext skipped = tailer.readingDocument()) {
      return skipped.isPresent();
    }
  }

  private boolean take(long first) {
    if (segment != null && segment.first == first) {
      return true;
    }
    leave();
    segment = segments.take(first);
    tailer = segment == null ? null : segment.tailer();
    return segment != null;
  }

  private void leave() {
    isPlaced = false;
    if (segment != null) {
      tailer.close();
      segments.giveBack(segment);
      segment = null;
      tailer = null;
    }
  }

  /**
   * Reads the next event.
   *
   * @return false at the end of the journal
   * @throws HistoryLostException when the journal no longer holds it
   */
  public boolean next(Event event) {
    seek(position);
    boolean isThere;
    try {
      isThere = read(event) || moveOn() && read(event);
    } catch (RuntimeException e) {
      throw explain(e, position + 1);
    }
    requireKept(position + 1);
    if (!isThere) {
      return false;
    }
    if (event.revision() != position + 1) {
      throw new HistoryLostException(
          "the journal continues with revision " + event.revision() + " behind " + position);
    }
    position++;
    return true;
  }

  private boolean read(Event event) {
    try (DocumentContext document = tailer.readingDocument()) {
      if (!document.isPresent()) {
        return false;
      }
      Bytes<?> bytes = document.wire().bytes();
      int length = (int) bytes.readRemaining();
      byte[] array = event.ensure(length);
      Memory.copyOut(bytes.addressForRead(bytes.readPosition()), array, 0, length);
      if (crc != null) {
        check(array, length);
      }
      event.wrap(length - EventBytes.CRC_LENGTH);
      return true;
    }
  }

  private void check(byte[] array, int length) {
    int end = Math.max(0, length - EventBytes.CRC_LENGTH);
    crc.reset();
    crc.update(array, 0, end);
    int written = new ByteReader().wrap(array, end, EventBytes.CRC_LENGTH).readInt();
    if (written != (int) crc.getValue()) {
      throw new ZProcException(
          "the event behind revision %d in segment %d is damaged: its CRC is %08x, not %08x"
              .formatted(position, segment.first, (int) crc.getValue(), written));
    }
  }

  /** At the end of a segment: enters the next one, if there is any. */
  private boolean moveOn() {
    segments.refresh();
    long next = segments.segmentOf(position + 1);
    return next > segment.first && enter(next, position);
  }

  /**
   * As {@link #next}, but goes on where the journal was trimmed: there it gives what is left of the
   * commits behind the position, those that wrote a value which was still there when the journal
   * begins. So the next event may have any revision behind the position.
   */
  public boolean nextKept(Event event) {
    for (long first = segments.first(); first > position + 1; first = segments.first()) {
      try (CheckpointReader checkpoint = segments.checkpoint(first)) {
        boolean isThere = checkpoint.next(position, event);
        if (segments.first() == first) {
          isPlaced = false;
          position = isThere ? event.revision() : checkpoint.revision();
          if (isThere) {
            return true;
          }
        }
      } catch (IOException | RuntimeException e) {
        if (segments.first() == first) {
          throw new HistoryLostException("what was before revision " + first + " is lost: " + e);
        }
      }
    }
    return next(event);
  }

  /** What a failure means: perhaps that the memory was cleared under the reader. */
  private RuntimeException explain(RuntimeException failure, long needed) {
    return segments.first() > needed ? segments.lost(needed) : failure;
  }

  /** To be called behind a look at memory that the server clears when it trims the journal. */
  private void requireKept(long needed) {
    Memory.loadFence();
    if (segments.first() > needed) {
      throw segments.lost(needed);
    }
  }

  @Override
  public void close() {
    leave();
  }
}
