package io.zproc.shm.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.zproc.CapacityException;
import io.zproc.HistoryLostException;
import io.zproc.codec.ByteWriter;
import io.zproc.internal.jvm.Opens;
import io.zproc.internal.protocol.ChangeKind;
import io.zproc.internal.protocol.Event;
import io.zproc.shm.internal.checkpoint.CheckpointFiles;
import io.zproc.shm.internal.checkpoint.CheckpointWriter;
import io.zproc.shm.internal.os.Helper;
import io.zproc.testing.TestDirectories;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JournalTest {
  private final Path directory = TestDirectories.create();
  private final Path journal = directory.resolve("journal");
  private final Helper helper = new Helper();
  private final AtomicLong first = new AtomicLong();

  @BeforeAll
  static void open() {
    Opens.open();
  }

  @AfterEach
  void delete() {
    helper.close();
    TestDirectories.delete(directory);
  }

  private JournalSegments segments() {
    return new JournalSegments(journal, first::get);
  }

  private static void append(JournalWriter writer, long revision) {
    EventBytes event = new EventBytes();
    Event.begin(event.writer(), revision, revision * 10, 1, revision, 2);
    Event.start(event.writer(), revision, 3, 7);
    Event.end(event.writer(), 1);
    writer.ensureRoom(event.length());
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
    try (JournalWriter writer = JournalWriter.open(journal, 1L << 30, helper, first::set)) {
      for (int revision = 1; revision <= 3000; revision++) {
        append(writer, revision);
      }
      try (JournalSegments segments = segments();
          JournalReader reader = segments.reader()) {
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
      try (JournalWriter writer = JournalWriter.open(journal, 1L << 30, helper, first::set)) {
        for (int i = 1; i <= 100; i++) {
          append(writer, round * 100 + i);
        }
      }
    }
    try (JournalSegments segments = segments();
        JournalReader reader = segments.reader()) {
      for (int revision = 1; revision <= 300; revision++) {
        assertNext(reader, revision);
      }
      assertThat(reader.next(new Event())).isFalse();
    }
  }

  @Test
  void shouldTellWhenARevisionIsMissing() {
    try (JournalWriter writer = JournalWriter.open(journal, 1L << 30, helper, first::set)) {
      append(writer, 1);
      append(writer, 3);
      try (JournalSegments segments = segments();
          JournalReader reader = segments.reader()) {
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
    try (JournalWriter writer = JournalWriter.open(journal, 2 << 20, helper, first::set)) {
      append(writer, 1);
      assertThatThrownBy(() -> writer.ensureRoom(3 << 20))
          .isInstanceOf(CapacityException.class)
          .hasMessageContaining("maxJournalBytes");
      append(writer, 2);
      assertThat(writer.size()).isPositive().isLessThan(2 << 20);
    }
  }

  @Test
  void shouldReadOnWhenTheNextSegmentBegins() {
    try (JournalWriter writer = JournalWriter.open(journal, 1L << 30, helper, first::set);
        JournalSegments segments = segments();
        JournalReader behind = segments.reader();
        JournalReader atTheEnd = segments.reader()) {
      append(writer, 1);
      append(writer, 2);
      atTheEnd.seek(2);
      assertThat(atTheEnd.next(new Event())).isFalse();
      writer.roll(3);
      assertThat(atTheEnd.next(new Event())).isFalse();
      append(writer, 3);
      assertNext(atTheEnd, 3);
      writer.roll(4);
      append(writer, 4);
      for (int revision = 1; revision <= 4; revision++) {
        assertNext(behind, revision);
      }
      behind.seek(1);
      assertNext(behind, 2);
      behind.seek(3);
      assertNext(behind, 4);
    }
  }

  @Test
  void shouldGoOnInTheLastSegmentWhenReopened() {
    try (JournalWriter writer = JournalWriter.open(journal, 1L << 30, helper, first::set)) {
      append(writer, 1);
      writer.roll(2);
    }
    try (JournalWriter writer = JournalWriter.open(journal, 1L << 30, helper, first::set)) {
      assertThat(writer.hasCheckpoint()).isFalse();
      assertThat(writer.roll(2)).isPositive();
      append(writer, 2);
    }
    try (JournalSegments segments = segments();
        JournalReader reader = segments.reader()) {
      assertNext(reader, 1);
      assertNext(reader, 2);
    }
  }

  /** Three segments of 100 revisions each, the last two with a checkpoint of a few keys. */
  private void fillSegments(JournalWriter writer) throws Exception {
    for (long revision = 1; revision <= 300; revision++) {
      if (revision == 101 || revision == 201) {
        long bytes = writer.roll(revision);
        writer.checkpointed(checkpoint(revision - 1, bytes));
      }
      append(writer, revision);
    }
  }

  /** Asks for room until only the last segment is left. */
  private void trim(JournalWriter writer) {
    while (writer.first() < 201) {
      writer.ensureRoom((int) ((8L << 20) - SegmentWriter.MARGIN - writer.size() + 1));
    }
  }

  /** Key 1 was written at 7, keys 2 and 3 at 50. */
  private long checkpoint(long revision, long segmentBytes) throws Exception {
    CheckpointWriter checkpoint = new CheckpointWriter(journal, revision, segmentBytes, helper);
    checkpoint.addNamespace(1, new byte[] {'n'}, 5);
    for (byte key = 3; key >= 1; key--) {
      ByteWriter value = checkpoint.beginKey(1, new byte[] {key}, 1, key == 1 ? 7 : 50);
      value.writeByte(key);
      checkpoint.endEntry();
    }
    return checkpoint.finish(new byte[] {42}).get();
  }

  @Test
  void shouldTellWhichRevisionsAreGoneWhenTrimmedUnderAReader() throws Exception {
    try (JournalWriter writer = JournalWriter.open(journal, 8L << 20, helper, first::set);
        JournalSegments segments = segments();
        JournalReader slow = segments.reader();
        JournalReader fast = segments.reader()) {
      fillSegments(writer);
      slow.seek(40);
      fast.seek(250);
      assertNext(slow, 41);
      trim(writer);
      assertThat(first.get()).isEqualTo(writer.first()).isEqualTo(201);
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> slow.next(new Event()))
            .isInstanceOf(HistoryLostException.class)
            .hasMessageContaining("42 to 200");
      }
      assertNext(fast, 251);
      slow.seek(200);
      assertNext(slow, 201);
      await().until(() -> CheckpointFiles.list(journal).length == 1);
      assertThat(JournalFiles.list(journal)).containsExactly(201);
    }
  }

  @Test
  void shouldGiveWhatIsLeftOfOldEventsWhenTheyWereTrimmed() throws Exception {
    try (JournalWriter writer = JournalWriter.open(journal, 8L << 20, helper, first::set);
        JournalSegments segments = segments();
        JournalReader reader = segments.reader()) {
      fillSegments(writer);
      trim(writer);
      Event event = new Event();
      assertThat(reader.nextKept(event)).isTrue();
      assertThat(event.revision()).isEqualTo(5);
      assertThat(event.nextChange()).isTrue();
      assertThat(event.kind()).isEqualTo(ChangeKind.NAMESPACE);
      assertThat(keysOf(reader, 7)).containsExactly(1);
      assertThat(keysOf(reader, 50)).containsExactlyInAnyOrder(2, 3);
      assertThat(reader.nextKept(event)).isTrue();
      assertThat(event.revision()).isEqualTo(201);
      reader.jump(49);
      assertThat(keysOf(reader, 50)).containsExactlyInAnyOrder(2, 3);
      assertThatThrownBy(() -> reader.next(new Event()))
          .isInstanceOf(HistoryLostException.class)
          .hasMessageContaining("51 to 200");
    }
  }

  private static List<Integer> keysOf(JournalReader reader, long revision) {
    Event event = new Event();
    assertThat(reader.nextKept(event)).isTrue();
    assertThat(event.revision()).isEqualTo(revision).isEqualTo(reader.position());
    List<Integer> keys = new ArrayList<>();
    while (event.nextChange()) {
      assertThat(event.value()).isEqualTo(event.key());
      keys.add((int) event.key()[0]);
    }
    return keys;
  }
}
