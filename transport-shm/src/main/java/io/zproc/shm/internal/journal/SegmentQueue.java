package io.zproc.shm.internal.journal;

import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;

/** A segment that readers of one process share. Guarded by the {@link JournalSegments}. */
final class SegmentQueue {
  final long first;
  private final SingleChronicleQueue queue;
  int readers;

  SegmentQueue(long first, SingleChronicleQueue queue) {
    this.first = first;
    this.queue = queue;
  }

  /** A tailer in front of the first event. */
  ExcerptTailer tailer() {
    ExcerptTailer tailer = queue.createTailer();
    tailer.singleThreadedCheckDisabled(true);
    return tailer;
  }

  void close() {
    queue.close();
  }
}
