package io.zproc.shm.internal.journal;

import io.zproc.ZProcException;
import io.zproc.shm.internal.os.ChronicleHook;
import io.zproc.shm.internal.os.Files600;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;

/**
 * The segments of a journal: queues in directories that are named after their first revision. A
 * queue's clock stands still, so it never rolls by time and no step of the wall clock can touch it;
 * an event's place follows from its revision alone, since revisions are dense and each event is one
 * document.
 */
final class JournalFiles {
  static final RollCycles ROLL_CYCLE = RollCycles.FAST_DAILY;
  static final String QUEUE_FILE = ".cq4";
  private static final String NAME = "\\d{20}";
  private static final String GONE = ".gone";
  private static final String UNFINISHED = ".tmp";

  /** Four times the longest message, as the queue demands. */
  private static final long BLOCK_SIZE = 4L * (17 << 20);

  private static final long TIMEOUT_MS = 500;

  private static final TimeProvider STANDING_CLOCK = () -> 0;

  private JournalFiles() {}

  static Path segment(Path journal, long first) {
    return journal.resolve(String.format("%020d", first));
  }

  /** The first revisions of the segments that are there, ascending. */
  static long[] list(Path journal) {
    try (Stream<Path> files = Files.list(journal)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches(NAME))
          .mapToLong(Long::parseLong)
          .sorted()
          .toArray();
    } catch (IOException e) {
      throw new ZProcException("can not list the journal " + journal + ": " + e, e);
    }
  }

  static SingleChronicleQueue open(Path segment, boolean readOnly) {
    ChronicleHook.require();
    try {
      return SingleChronicleQueueBuilder.binary(segment)
          .rollCycle(ROLL_CYCLE)
          .timeProvider(STANDING_CLOCK)
          .blockSize(BLOCK_SIZE)
          .timeoutMS(TIMEOUT_MS)
          .readOnly(readOnly)
          .build();
    } catch (RuntimeException e) {
      throw unusable(segment, e);
    }
  }

  /** What the queue's own exceptions mean when it opens files that are there. */
  static ZProcException unusable(Path segment, RuntimeException cause) {
    return new ZProcException(
        "the segment "
            + segment
            + " of the journal can not be opened, are its files damaged? "
            + cause,
        cause);
  }

  /** Where a segment is made: a writer that is killed meanwhile would leave it unusable. */
  static Path unfinished(Path journal) {
    return journal.resolve("next" + UNFINISHED);
  }

  /** Takes a segment out of the journal; returns what is to be deleted. */
  static Path takeOut(Path segment) throws IOException {
    Path gone = segment.resolveSibling(segment.getFileName() + GONE);
    return Files.move(segment, gone, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Deletes what a writer that was killed has left half made or half deleted. */
  static void clean(Path journal) {
    try (Stream<Path> files = Files.list(journal)) {
      files.filter(JournalFiles::isLeft).forEach(Files600::deleteRecursively);
    } catch (IOException e) {
      throw new ZProcException("can not clean the journal " + journal + ": " + e, e);
    }
  }

  private static boolean isLeft(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(GONE) || name.endsWith(UNFINISHED);
  }

  /** The files that hold a segment's events. */
  static Path[] queueFiles(Path segment) throws IOException {
    try (Stream<Path> files = Files.list(segment)) {
      return files.filter(file -> file.toString().endsWith(QUEUE_FILE)).toArray(Path[]::new);
    }
  }

  /** The queue's index of a revision in the segment that begins with {@code first}. */
  static long index(long first, long revision) {
    return ROLL_CYCLE.toIndex(0, revision - first);
  }
}
