package io.zproc.shm.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zproc.CapacityException;
import io.zproc.HistoryLostException;
import io.zproc.codec.ByteWriter;
import io.zproc.internal.jvm.Opens;
import io.zproc.internal.protocol.Event;
import io.zproc.shm.internal.os.Helper;
import io.zproc.shm.testing.TestDirectories;
import java.nio.file.Path;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JournalTest {
  private final Path directory = TestDirectories.create();
  private final Path journal = directory.resolve("journal");
  private final Helper helper = new Helper();

  @BeforeAll
  static void open() {
    Opens.open();
  }

  @AfterEach
  void delete() {
    helper.close();
    TestDirectories.delete(directory);
  }

  private static void append(JournalWriter writer, long revision) {
    ByteWriter event = new ByteWriter();
    Event.begin(event, revision, revision * 10, 1, revision, 2);
    Event.start(event, revision, 3);
    Event.end(event, 1);
    writer.ensureRoom(event.position());
    writer.append(event);
  }

  private static void assertNext(JournalReader reader, long revision) {
    Event event = new Event();
    assertThat(reader.next(event)).isTrue();
    assertThat(event.revision()).isEqualTo(revision);
    assertThat(event.sequence()).isEqualTo(revision);
    assertThat(reader.position()).isEqualTo(revision);
  }

  @Test
  void shouldReadWhatWasAppendedWhereverItSeeks() {
    try (JournalWriter writer = JournalWriter.open(journal, 1L << 30, helper)) {
      for (int revision = 1; revision <= 3000; revision++) {
        append(writer, revision);
      }
      try (SingleChronicleQueue queue = JournalReader.openQueue(journal);
          JournalReader reader = JournalReader.on(queue)) {
        for (int revision = 1; revision <= 3000; revision++) {
          assertNext(reader, revision);
        }
        assertThat(reader.next(new Event())).isFalse();
        append(writer, 3001);
        assertNext(reader, 3001);
        for (int after : new int[] {0, 1, 1500, 2999, 17, 0}) {
          reader.seek(after);
          assertNext(reader, after + 1);
        }
        assertThatThrownBy(() -> reader.seek(5000))
            .isInstanceOf(HistoryLostException.class)
            .hasMessageContaining("5000");
        reader.seek(3001);
        assertThat(reader.next(new Event())).isFalse();
      }
    }
  }

  @Test
  void shouldGoOnWhenReopened() {
    for (int round = 0; round < 3; round++) {
      try (JournalWriter writer = JournalWriter.open(journal, 1L << 30, helper)) {
        for (int i = 1; i <= 100; i++) {
          append(writer, round * 100 + i);
        }
      }
    }
    try (SingleChronicleQueue queue = JournalReader.openQueue(journal);
        JournalReader reader = JournalReader.on(queue)) {
      for (int revision = 1; revision <= 300; revision++) {
        assertNext(reader, revision);
      }
      assertThat(reader.next(new Event())).isFalse();
    }
  }

  @Test
  void shouldTellWhenARevisionIsMissing() {
    try (JournalWriter writer = JournalWriter.open(journal, 1L << 30, helper)) {
      append(writer, 1);
      append(writer, 3);
      try (SingleChronicleQueue queue = JournalReader.openQueue(journal);
          JournalReader reader = JournalReader.on(queue)) {
        assertNext(reader, 1);
        assertThatThrownBy(() -> reader.next(new Event()))
            .isInstanceOf(HistoryLostException.class)
            .hasMessageContaining("3")
            .hasMessageContaining("1");
      }
    }
  }

  @Test
  void shouldRefuseBeforeWritingWhenItsSizeIsReached() {
    try (JournalWriter writer = JournalWriter.open(journal, 2 << 20, helper)) {
      append(writer, 1);
      assertThatThrownBy(() -> writer.ensureRoom(3 << 20))
          .isInstanceOf(CapacityException.class)
          .hasMessageContaining("maxJournalBytes");
      append(writer, 2);
      assertThat(writer.size()).isPositive().isLessThan(2 << 20);
    }
  }
}
