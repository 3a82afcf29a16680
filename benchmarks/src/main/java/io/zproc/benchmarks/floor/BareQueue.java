package io.zproc.benchmarks.floor;

import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * A Chronicle Queue of documents of 64 bytes in this process: the bare cost of journaling a change,
 * and of reading one back. For one thread.
 */
public final class BareQueue implements AutoCloseable {
  private static final int WORDS = 8;

  private final ChronicleQueue queue;
  private final ExcerptAppender appender;
  private final ExcerptTailer tailer;
  private long sum;

  private BareQueue(ChronicleQueue queue) {
    this.queue = queue;
    appender = queue.createAppender();
    tailer = queue.createTailer();
  }

  public static BareQueue open(Path directory) {
    return new BareQueue(
        SingleChronicleQueueBuilder.binary(directory)
            .rollCycle(RollCycles.FAST_DAILY)
            .timeProvider(() -> 0)
            .build());
  }

  public void append(int times) {
    for (int i = 0; i < times; i++) {
      try (DocumentContext document = appender.writingDocument()) {
        Bytes<?> bytes = document.wire().bytes();
        for (int word = 0; word < WORDS; word++) {
          bytes.writeLong(i);
        }
      }
    }
  }

  /** Reads what was appended. */
  public void read(int times) {
    for (int i = 0; i < times; i++) {
      try (DocumentContext document = tailer.readingDocument()) {
        if (!document.isPresent()) {
          throw new IllegalStateException("only " + i + " of " + times + " documents are there");
        }
        sum += document.wire().bytes().readLong();
      }
    }
  }

  /** Keeps what was read alive for the compiler. */
  public long sum() {
    return sum;
  }

  @Override
  public void close() {
    queue.close();
  }
}
