package io.zproc.shm.internal.journal;

import io.zproc.HistoryLostException;
import io.zproc.internal.protocol.Event;
import io.zproc.shm.internal.os.Memory;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * A position in the journal, moved by one thread at a time. It writes nothing to shared memory, so
 * it can neither slow the server nor, by dying, harm it.
 */
public final class JournalReader implements AutoCloseable {
  private final ExcerptTailer tailer;
  private long position;

  private JournalReader(ExcerptTailer tailer) {
    this.tailer = tailer;
    this.tailer.singleThreadedCheckDisabled(true);
  }

  /** The queue that readers of one process share; to be opened when the server is ready. */
  public static SingleChronicleQueue openQueue(Path directory) {
    return JournalFiles.open(directory, true);
  }

  /** A reader in front of revision 1. */
  public static JournalReader on(SingleChronicleQueue queue) {
    return new JournalReader(queue.createTailer());
  }

  /** The revision read last. */
  public long position() {
    return position;
  }

  /** Moves behind a revision, which must be in the journal, or 0 for the beginning. */
  public void seek(long revision) {
    if (revision == position) {
      return;
    }
    if (revision == 0) {
      tailer.toStart();
    } else {
      if (!tailer.moveToIndex(JournalFiles.index(revision))) {
        throw new HistoryLostException("the journal no longer holds revision " + revision);
      }
      try (DocumentContext skipped = tailer.readingDocument()) {
        if (!skipped.isPresent()) {
          throw new HistoryLostException("the journal no longer holds revision " + revision);
        }
      }
    }
    position = revision;
  }

  /**
   * Reads the next event.
   *
   * @return false at the end of the journal
   */
  public boolean next(Event event) {
    try (DocumentContext document = tailer.readingDocument()) {
      if (!document.isPresent()) {
        return false;
      }
      Bytes<?> bytes = document.wire().bytes();
      int length = (int) bytes.readRemaining();
      Memory.copyOut(bytes.addressForRead(bytes.readPosition()), event.ensure(length), 0, length);
      event.wrap(length);
    }
    if (event.revision() != position + 1) {
      throw new HistoryLostException(
          "the journal continues with revision " + event.revision() + " behind " + position);
    }
    position++;
    return true;
  }

  @Override
  public void close() {
    tailer.close();
  }
}
