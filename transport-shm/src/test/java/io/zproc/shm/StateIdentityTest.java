package io.zproc.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.zproc.Context;
import io.zproc.HistoryLostException;
import io.zproc.Pipeline;
import io.zproc.ServerBackend;
import io.zproc.ServerDownException;
import io.zproc.ServerOptions;
import io.zproc.SessionLostException;
import io.zproc.State;
import io.zproc.Watch;
import io.zproc.WatchOptions;
import io.zproc.shm.internal.os.Files600;
import io.zproc.shm.testing.TestServer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What tells a state from another one that takes its directory. */
@Timeout(60)
class StateIdentityTest {
  private static final long JOURNAL_LIMIT = 8L << 20;
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final WatchOptions BUFFERED = WatchOptions.buffered().timeout(SOON);
  private static final String OTHER = "another state";
  private static final ServerOptions OPTIONS =
      ServerOptions.defaults().backend(ServerBackend.THREAD).maxJournalBytes(JOURNAL_LIMIT);

  private static long identity(Context context) {
    return Long.parseLong(context.statistics().get("identity"));
  }

  private static void trim(Context context) {
    byte[] kilobyte = new byte[1024];
    try (Pipeline<String, Object> pipeline = context.state("churn").pipeline()) {
      for (int i = 0; i < 3 * JOURNAL_LIMIT / kilobyte.length; i++) {
        pipeline.put("k" + i % 7, kilobyte);
      }
    }
    await()
        .atMost(SOON)
        .until(() -> !context.statistics().get("journal_first_revision").equals("1"));
  }

  private static void commit(TestServer server, int commits) {
    try (Context context = server.open()) {
      for (int n = 1; n <= commits; n++) {
        context.state().put("n", n);
      }
    }
  }

  @Test
  void shouldBeKeptWhenTheJournalIsTrimmedAndTheControlFileIsLost() {
    try (TestServer server = TestServer.start(OPTIONS)) {
      long identity;
      try (Context context = server.open()) {
        identity = identity(context);
        assertThat(identity).isPositive();
        trim(context);
        server.stop();
        server.restart();
        assertThat(identity(context)).isEqualTo(identity);
      }
      server.stop();
      Files600.deleteQuietly(server.directory().resolve("control"));
      server.restart();
      try (Context context = server.open()) {
        assertThat(identity(context)).isEqualTo(identity);
        assertThat(context.state("churn").copy()).hasSize(7);
      }
    }
    try (TestServer one = TestServer.start(OPTIONS);
        TestServer two = TestServer.start(OPTIONS);
        Context first = one.open();
        Context second = two.open()) {
      assertThat(identity(first)).isNotEqualTo(identity(second));
    }
  }

  @Test
  void shouldTellClientsWhenTheJournalWasDeleted() throws Exception {
    try (TestServer server = TestServer.start(OPTIONS);
        Context context = server.open();
        State<String, Object> cached = context.state().cached();
        Watch<String, Object> waiting = context.state().watch(BUFFERED);
        Watch<String, Object> behind = context.state().watch(BUFFERED)) {
      State<String, Object> state = context.state();
      commit(server, 20);
      for (int n = 1; n <= 20; n++) {
        assertThat(waiting.next().after().get("n")).isEqualTo(n);
      }
      assertThat(behind.next().after().get("n")).isEqualTo(1);
      assertThat(state.get("n")).isEqualTo(20);
      CompletableFuture<?> next = CompletableFuture.supplyAsync(waiting::next);
      server.stop();
      Files600.deleteRecursively(server.directory().resolve("journal"));
      server.restart();
      assertThatThrownBy(() -> next.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(HistoryLostException.class)
          .hasMessageContaining(OTHER);
      commit(server, 30);
      assertThatThrownBy(behind::next)
          .isInstanceOf(HistoryLostException.class)
          .hasMessageContaining(OTHER);
      assertThat(state.get("n")).isEqualTo(30);
      assertThat(state.put("a", 1)).isNull();
      assertThat(cached.copy()).isEqualTo(Map.of("n", 30, "a", 1));
      assertThatThrownBy(() -> state.getWhenChange(BUFFERED))
          .isInstanceOf(HistoryLostException.class);
      state.goLive();
      commit(server, 1);
      assertThat(state.getWhenChange(BUFFERED).get("n")).isEqualTo(1);
    }
  }

  @Test
  void shouldTellTheCommandUnderWayWhenTheJournalWasDeleted() {
    try (TestServer server = TestServer.start();
        Context context = server.open();
        Pipeline<String, Object> pipeline = context.state().pipeline()) {
      context.state().put("a", 1);
      pipeline.put("a", 2);
      pipeline.flush();
      server.kill();
      pipeline.put("a", 3);
      Files600.deleteRecursively(server.directory().resolve("journal"));
      server.restart();
      assertThatThrownBy(pipeline::flush)
          .isInstanceOf(SessionLostException.class)
          .hasMessageContaining(OTHER)
          .hasMessageContaining("unknown");
      assertThat(context.state().copy()).isEmpty();
    }
  }

  @Test
  void shouldGoOnInTheNewDirectoryWhenItWasDeletedUnderClients() {
    Duration timeout = Duration.ofMillis(500);
    try (TestServer server = TestServer.start();
        Context context = server.open(timeout);
        Watch<String, Object> watch = context.state().watch(WatchOptions.buffered())) {
      State<String, Object> state = context.state();
      commit(server, 20);
      for (int n = 1; n <= 20; n++) {
        assertThat(watch.next().after().get("n")).isEqualTo(n);
      }
      CompletableFuture<?> next = CompletableFuture.supplyAsync(watch::next);
      server.kill();
      Files600.deleteRecursively(server.directory());
      server.restart();
      commit(server, 30);
      assertThatThrownBy(() -> next.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(HistoryLostException.class)
          .hasMessageContaining("deleted and made anew");
      assertThat(state.get("n")).isEqualTo(30);
      assertThat(state.put("a", 1)).isNull();
    }
  }

  @Test
  void shouldSayThatTheDirectoryIsAnotherWhenACommandFindsNoServer() {
    try (TestServer server = TestServer.start();
        Context context = server.open(Duration.ofMillis(500))) {
      State<String, Object> state = context.state();
      state.put("a", 1);
      server.kill();
      Files600.deleteRecursively(server.directory());
      server.restart();
      assertThatThrownBy(() -> state.put("a", 2))
          .isInstanceOf(ServerDownException.class)
          .hasMessageContaining("deleted and made anew");
      assertThat(state.put("a", 3)).isNull();
    }
  }
}
