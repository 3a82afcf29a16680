package io.zproc.shm;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.ServerOptions;
import io.zproc.State;
import io.zproc.shm.testing.TestServer;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Values that the server copies in slices, between the commands of others. */
@Timeout(100)
class LongValuesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** So many journal segments are begun, and checkpoints made, that each change meets one. */
  private static final long SMALL_JOURNAL = 48L << 20;

  private static final int LENGTH = 3 << 20;

  /** A value that shows its number everywhere, so that a mixture of two is seen. */
  private static byte[] value(int number, int length) {
    ByteBuffer value = ByteBuffer.allocate(length);
    while (value.remaining() >= Integer.BYTES) {
      value.putInt(number);
    }
    return value.array();
  }

  private static int numberOf(Object value) {
    byte[] bytes = (byte[]) value;
    int number = ByteBuffer.wrap(bytes).getInt();
    assertThat(bytes).isEqualTo(value(number, bytes.length));
    return number;
  }

  @Test
  void shouldGiveEachReplacedValueOnceWhenClientsReplaceTheSameOne() {
    int clients = 3;
    int puts = 25;
    ServerOptions options = ServerOptions.defaults().maxJournalBytes(SMALL_JOURNAL);
    try (TestServer server = TestServer.start(options);
        Context context = server.open(PATIENCE)) {
      State<String, Object> state = context.state();
      state.put("value", value(0, LENGTH));
      List<Integer> replaced = new ArrayList<>();
      List<CompletableFuture<List<Integer>>> running =
          IntStream.range(0, clients)
              .mapToObj(
                  client ->
                      CompletableFuture.supplyAsync(() -> replace(server, 1 + client * puts, puts)))
              .toList();
      running.forEach(client -> replaced.addAll(client.join()));
      server.kill();
      server.restart();
      replaced.add(numberOf(state.get("value")));
      Integer[] all = IntStream.rangeClosed(0, clients * puts).boxed().toArray(Integer[]::new);
      assertThat(replaced).containsExactlyInAnyOrder(all);
    }
  }

  private static List<Integer> replace(TestServer server, int first, int puts) {
    List<Integer> replaced = new ArrayList<>();
    try (Context context = server.open(PATIENCE)) {
      State<String, Object> state = context.state();
      for (int i = 0; i < puts; i++) {
        replaced.add(numberOf(state.put("value", value(first + i, LENGTH - i))));
      }
    }
    return replaced;
  }

  @Test
  void shouldMakeNoArrayOfTheValuesLengthWhenOneIsReplaced() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (Context context = Context.builder().serverBackend(ServerBackend.THREAD).open()) {
      State<String, Object> state = context.state();
      byte[] value = value(1, LENGTH);
      for (int i = 0; i < 5; i++) {
        state.put("value", value);
      }
      long thread = serverThread();
      long before = threads.getThreadAllocatedBytes(thread);
      int puts = 10;
      for (int i = 0; i < puts; i++) {
        assertThat((byte[]) state.put("value", value)).hasSize(LENGTH);
      }
      long allocated = threads.getThreadAllocatedBytes(thread) - before;
      assertThat(allocated).isLessThan((long) puts * LENGTH / 10);
    }
  }

  private static long serverThread() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("zproc-server"))
        .findFirst()
        .orElseThrow()
        .getId();
  }

  @Test
  void shouldKeepAllOfThemWhenACommitReplacesSeveral() {
    try (Context context = Context.builder().serverBackend(ServerBackend.THREAD).open()) {
      State<String, Object> state = context.state();
      for (int round = 0; round < 3; round++) {
        int number = round;
        Object before =
            state.atomic(
                tx -> {
                  Object old = tx.put("b", value(number, LENGTH));
                  tx.put("a", value(number, LENGTH / 2));
                  tx.remove("c");
                  return old;
                });
        state.put("c", value(number, LENGTH));
        assertThat(before == null ? -1 : numberOf(before)).isEqualTo(round - 1);
        assertThat(numberOf(state.get("a"))).isEqualTo(round);
        assertThat(numberOf(state.get("b"))).isEqualTo(round);
        assertThat(numberOf(state.remove("c"))).isEqualTo(round);
        assertThat(state.replace("a", value(round, LENGTH / 2), value(round, LENGTH))).isTrue();
        assertThat(state.replace("a", value(round, LENGTH / 2), value(9, LENGTH))).isFalse();
      }
      assertThat(state.copy()).hasSize(2);
    }
  }
}
