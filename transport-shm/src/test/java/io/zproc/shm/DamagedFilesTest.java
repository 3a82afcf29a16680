package io.zproc.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.ServerDownException;
import io.zproc.ServerOptions;
import io.zproc.State;
import io.zproc.ZProcException;
import io.zproc.shm.testing.TestServer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Files of a stopped server are changed: the next one has the right state, or says what is wrong.
 */
@Timeout(60)
class DamagedFilesTest {
  private static final int COMMITS = 20;
  private static final String VALUE = "the value of commit ";

  private final TestServer server =
      TestServer.start(ServerOptions.defaults().backend(ServerBackend.THREAD));

  @AfterEach
  void close() {
    server.close();
  }

  private void commitAndStop() {
    try (Context context = server.open()) {
      for (int n = 1; n <= COMMITS; n++) {
        context.state().put("n", VALUE + n);
      }
    }
    server.stop();
  }

  private Path control() {
    return server.directory().resolve("control");
  }

  private Path journalFile(String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(server.directory().resolve("journal"))) {
      return files.filter(file -> file.toString().endsWith(suffix)).findFirst().orElseThrow();
    }
  }

  /** Where a text is in the part of a file that has been written. */
  private static long find(RandomAccessFile file, String text) throws IOException {
    byte[] bytes = new byte[256 << 10];
    file.seek(0);
    file.readFully(bytes);
    int place = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
    assertThat(place).isPositive();
    return place;
  }

  private void requireLastValue() {
    try (Context context = server.open()) {
      State<String, Object> state = context.state();
      assertThat(state.get("n")).isEqualTo(VALUE + COMMITS);
      state.put("n", "goes on");
      assertThat(state.copy()).containsEntry("n", "goes on");
    }
  }

  @Test
  void shouldStartWhenAServerWasKilledBeforeItsControlFileHadALength() throws Exception {
    commitAndStop();
    Files.delete(control());
    Files.createFile(control());
    assertThatThrownBy(server::open).isInstanceOf(ServerDownException.class);
    server.restart();
    requireLastValue();
  }

  @Test
  void shouldSayWhichCommitsAreGoneWhenTheJournalHasLostItsEnd() throws Exception {
    commitAndStop();
    try (RandomAccessFile file = new RandomAccessFile(journalFile(".cq4").toFile(), "rw")) {
      String last = VALUE + (COMMITS - 5);
      long end = find(file, last) + last.length() + Integer.BYTES;
      file.seek((end + 3) & -4);
      file.write(new byte[4096]);
    }
    assertThatThrownBy(server::restart)
        .isInstanceOf(ZProcException.class)
        .hasMessageContaining("ends with revision " + (COMMITS - 3))
        .hasMessageContaining("published " + (COMMITS + 2));
  }

  @Test
  void shouldSayWhichCommitWhenItWasChanged() throws Exception {
    commitAndStop();
    try (RandomAccessFile file = new RandomAccessFile(journalFile(".cq4").toFile(), "rw")) {
      file.seek(find(file, VALUE + (COMMITS - 2)));
      file.write('T');
    }
    assertThatThrownBy(server::restart)
        .isInstanceOf(ZProcException.class)
        .hasMessageContaining("CRC")
        .hasMessageContaining(server.directory().toString());
  }

  @Test
  void shouldSayThatAllIsGoneWhenTheJournalWasCleared() throws Exception {
    commitAndStop();
    try (RandomAccessFile file = new RandomAccessFile(journalFile(".cq4").toFile(), "rw")) {
      file.seek(find(file, VALUE + 1) & -4096);
      file.write(new byte[64 << 10]);
    }
    assertThatThrownBy(server::restart).isInstanceOf(ZProcException.class);
  }

  @Test
  void shouldSayWhichSegmentWhenItsQueueFileIsGone() throws Exception {
    commitAndStop();
    Path file = journalFile(".cq4");
    Files.delete(file);
    assertThatThrownBy(server::restart)
        .isInstanceOf(ZProcException.class)
        .hasMessageContaining(file.getParent().toString());
  }

  @Test
  void shouldSayWhichSegmentWhenItsMetadataIsGarbage() throws Exception {
    commitAndStop();
    Path file = journalFile(".cq4t");
    try (RandomAccessFile metadata = new RandomAccessFile(file.toFile(), "rw")) {
      metadata.writeInt(-1);
    }
    assertThatThrownBy(server::restart)
        .isInstanceOf(ZProcException.class)
        .hasMessageContaining(file.getParent().toString());
  }
}
