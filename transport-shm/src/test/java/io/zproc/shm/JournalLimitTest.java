package io.zproc.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zproc.Context;
import io.zproc.ServerOptions;
import io.zproc.State;
import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.codec.PlainCodec;
import io.zproc.internal.protocol.BatchEncoder;
import io.zproc.internal.protocol.MessageType;
import io.zproc.internal.protocol.Replies;
import io.zproc.shm.testing.TestServer;
import io.zproc.shm.testing.Wire;
import io.zproc.spi.Exchange;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The journal has a limit, and far more is written than it holds. */
@Timeout(100)
class JournalLimitTest {
  private static final long LIMIT = 8L << 20;
  private static final ServerOptions OPTIONS = ServerOptions.defaults().maxJournalBytes(LIMIT);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final byte[] KILOBYTE = new byte[1024];

  private final TestServer server = TestServer.start(OPTIONS);
  private final Context context = server.open(PATIENCE);
  private final State<String, Object> churn = context.state("churn");

  /** Writes so many bytes, a thousand times the same few keys. */
  private void churn(long bytes) {
    try (var pipeline = churn.pipeline()) {
      for (long written = 0; written < bytes; written += KILOBYTE.length) {
        pipeline.put("k" + written % 7, KILOBYTE);
      }
      pipeline.flush();
    }
  }

  @AfterEach
  void close() {
    context.close();
    server.close();
  }

  @Test
  void shouldTakeNoMoreThanTheLimitWhenMoreIsWritten() throws Exception {
    State<String, Object> kept = context.state("kept");
    Map<String, Object> expected = new HashMap<>();
    for (int i = 0; i < 500; i++) {
      kept.put("k" + i, "value " + i);
      expected.put("k" + i, "value " + i);
    }
    kept.remove("k7");
    expected.remove("k7");
    for (int round = 0; round < 3; round++) {
      churn(3 * LIMIT);
      kept.put("round", round);
      expected.put("round", round);
      assertThat(Long.parseLong(context.statistics().get("journal_bytes"))).isLessThan(LIMIT);
      await().atMost(PATIENCE).until(() -> diskUsage() < LIMIT + LIMIT / 2);
      server.kill();
      server.restart();
      assertThat(kept.copy()).isEqualTo(expected);
      assertThat(kept.get("k499")).isEqualTo("value 499");
      assertThat(churn.copy()).hasSize(7);
    }
    assertThat(Long.parseLong(context.statistics().get("journal_first_revision")))
        .isGreaterThan(3 * LIMIT / KILOBYTE.length);
  }

  private long diskUsage() throws Exception {
    Process du =
        new ProcessBuilder("du", "-s", "--block-size=1", server.directory() + "/journal")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String line = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    du.waitFor();
    return Long.parseLong(line.split("\\s")[0]);
  }

  @Test
  void shouldApplyOnceWhatWasTrimmedBeforeItsReplyWasTaken() {
    int commands = 6000;
    try (Wire wire = Wire.connect(server);
        Exchange exchange = wire.connection().borrow()) {
      State<String, Object> counted = context.state("counted");
      counted.put("n", 0L);
      int namespace = namespace(wire, "counted");
      for (int i = 0; i < commands; i++) {
        sendIncrement(exchange, namespace);
      }
      await().atMost(PATIENCE).until(() -> counted.getLong("n", 0) == commands);
      for (int restart = 0; restart < 2; restart++) {
        churn(3 * LIMIT);
        server.kill();
        server.restart();
      }
      for (int i = 0; i < commands; i++) {
        ByteReader reply = exchange.receive(System.nanoTime() + PATIENCE.toNanos());
        assertThat(Replies.check(reply)).isTrue();
      }
      assertThat(counted.getLong("n", 0)).isEqualTo(commands);
      sendIncrement(exchange, namespace);
      Replies.check(exchange.receive(System.nanoTime() + PATIENCE.toNanos()));
      assertThat(counted.getLong("n", 0)).isEqualTo(commands + 1);
    }
  }

  private static int namespace(Wire wire, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    byte[] command = new byte[5 + bytes.length];
    command[0] = MessageType.OPEN_NAMESPACE;
    command[4] = (byte) bytes.length;
    System.arraycopy(bytes, 0, command, 5, bytes.length);
    return wire.send(command).readInt();
  }

  private static void sendIncrement(Exchange exchange, int namespace) {
    PlainCodec codec = PlainCodec.standard();
    BatchEncoder batch = new BatchEncoder().wrap(exchange.request(), 0, 0);
    ByteWriter key = new ByteWriter();
    codec.encode("n", key);
    codec.encode(1L, batch.beginAdd(namespace, key.toByteArray()));
    batch.endValue().end();
    exchange.send(System.nanoTime() + PATIENCE.toNanos());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldTakeTheCheckpointBeforeWhenTheLastOneIsDamaged(boolean isCut) throws Exception {
    State<String, Object> kept = context.state("kept");
    kept.put("a", 1);
    churn(3 * LIMIT);
    kept.put("b", 2);
    await().atMost(PATIENCE).until(() -> checkpoints() >= 2);
    server.kill();
    damage(newestCheckpoint(), isCut);
    server.restart();
    assertThat(kept.copy()).isEqualTo(Map.of("a", 1, "b", 2));
    assertThat(churn.copy()).hasSize(7);
  }

  private long checkpoints() throws IOException {
    try (Stream<Path> files = Files.list(server.directory().resolve("journal"))) {
      return files.filter(JournalLimitTest::isCheckpoint).count();
    }
  }

  private Path newestCheckpoint() throws IOException {
    try (Stream<Path> files = Files.list(server.directory().resolve("journal"))) {
      return files
          .filter(JournalLimitTest::isCheckpoint)
          .max((a, b) -> Long.compare(revision(a), revision(b)))
          .orElseThrow();
    }
  }

  private static boolean isCheckpoint(Path file) {
    return file.getFileName().toString().matches("checkpoint\\.\\d+");
  }

  private static long revision(Path checkpoint) {
    return Long.parseLong(checkpoint.getFileName().toString().substring("checkpoint.".length()));
  }

  private static void damage(Path path, boolean isCut) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      long middle = file.length() / 2;
      if (isCut) {
        file.setLength(middle);
        return;
      }
      file.seek(middle);
      int was = file.read();
      file.seek(middle);
      file.write(was ^ 1);
    }
  }
}
