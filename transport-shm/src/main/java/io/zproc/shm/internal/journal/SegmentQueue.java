package io.zproc.shm.internal.journal;

import net.openhft.chronicle.core.io.BackgroundResourceReleaser;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;

/** A segment that readers of one process share. Guarded by the {@link JournalSegments}. */
final class SegmentQueue {
  static {
    // Closing a queue needs a class that can not be initialised while the JVM ends. It takes a
    // third of a child's start, so those that read no journal are spared it.
    BackgroundResourceReleaser.isOnBackgroundResourceReleaserThread();
  }

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
