package io.zproc.shm.internal.journal;

import java.nio.file.Path;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;

/**
 * How the queue is set up, alike in all processes. Its clock stands still, so it never rolls by
 * time and no step of the wall clock can touch it; an event's place follows from its revision
 * alone, since revisions are dense and each event is one document.
 */
final class JournalFiles {
  static final RollCycles ROLL_CYCLE = RollCycles.FAST_DAILY;
  private static final long CYCLE = 0;

  /** Four times the longest message, as the queue demands. */
  private static final long BLOCK_SIZE = 4L * (17 << 20);

  private static final long TIMEOUT_MS = 500;

  private static final TimeProvider STANDING_CLOCK = () -> 0;

  private JournalFiles() {}

  static SingleChronicleQueue open(Path directory, boolean readOnly) {
    return SingleChronicleQueueBuilder.binary(directory)
        .rollCycle(ROLL_CYCLE)
        .timeProvider(STANDING_CLOCK)
        .blockSize(BLOCK_SIZE)
        .timeoutMS(TIMEOUT_MS)
        .readOnly(readOnly)
        .build();
  }

  /** The queue's index of a revision; the first is 1. */
  static long index(long revision) {
    return ROLL_CYCLE.toIndex((int) CYCLE, revision - 1);
  }
}
