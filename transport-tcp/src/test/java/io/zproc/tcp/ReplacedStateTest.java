package io.zproc.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.zproc.Context;
import io.zproc.HistoryLostException;
import io.zproc.Pipeline;
import io.zproc.ServerBackend;
import io.zproc.SessionLostException;
import io.zproc.State;
import io.zproc.Watch;
import io.zproc.WatchOptions;
import io.zproc.tcp.testing.Commands;
import io.zproc.tcp.testing.Protection;
import io.zproc.tcp.testing.RemoteServer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose directory was empty takes the address of one that clients know. */
@Timeout(60)
class ReplacedStateTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final WatchOptions BUFFERED = WatchOptions.buffered().timeout(SOON);
  private static final String OTHER = "another state";

  private static RemoteServer startThread() {
    return RemoteServer.startWith(Protection.SIGNED, ServerBackend.THREAD);
  }

  private static void commit(RemoteServer server, int commits) {
    try (Context local = server.openLocally()) {
      for (int n = 1; n <= commits; n++) {
        local.state().put("n", n);
      }
    }
  }

  /** Another state, in which "default" has another number than before. */
  private static void replace(RemoteServer server, int commits) {
    server.stop();
    server.forget();
    server.restart();
    try (Context local = server.openLocally()) {
      local.state("first").put("whose", "the first's");
    }
    commit(server, commits);
  }

  private static void assertIsLost(Watch<String, Object> watch) {
    assertThatThrownBy(watch::next)
        .isInstanceOf(HistoryLostException.class)
        .hasMessageContaining(OTHER);
    assertThatThrownBy(watch::poll).isInstanceOf(HistoryLostException.class);
    assertThatThrownBy(() -> watch.drain((revision, key, value, present) -> {}))
        .isInstanceOf(HistoryLostException.class);
    assertThatThrownBy(watch::goLive).isInstanceOf(HistoryLostException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100})
  void shouldEndWatchesWhenTheStateIsAnother(int commitsOfTheOther) throws Exception {
    try (RemoteServer server = startThread();
        Context context = server.open();
        Watch<String, Object> behind = context.state().watch(BUFFERED);
        Watch<String, Object> waiting = context.state().watch(BUFFERED);
        Watch<String, Object> numbered = context.state().watch(BUFFERED.fromRevision(2))) {
      commit(server, 20);
      for (int n = 1; n <= 20; n++) {
        assertThat(waiting.next().after().get("n")).isEqualTo(n);
      }
      assertThat(behind.next().after().get("n")).isEqualTo(1);
      CompletableFuture<?> next = CompletableFuture.supplyAsync(waiting::next);
      replace(server, commitsOfTheOther);
      assertThatThrownBy(() -> next.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(HistoryLostException.class)
          .hasMessageContaining(OTHER);
      assertIsLost(waiting);
      assertIsLost(behind);
      assertIsLost(numbered);
      try (Watch<String, Object> anew = context.state().watch(BUFFERED)) {
        commit(server, 2);
        assertThat(anew.next().after().get("n")).isEqualTo(commitsOfTheOther == 1 ? 2 : 1);
      }
    }
  }

  @Test
  void shouldTellTheBufferedCursorOnceAndForAllWhenTheStateIsAnother() {
    try (RemoteServer server = startThread();
        Context context = server.open()) {
      State<String, Object> state = context.state();
      commit(server, 20);
      for (int n = 1; n <= 20; n++) {
        assertThat(state.getWhenChange(BUFFERED).get("n")).isEqualTo(n);
      }
      replace(server, 30);
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> state.getWhenChange(BUFFERED))
            .isInstanceOf(HistoryLostException.class)
            .hasMessageContaining(OTHER);
      }
      assertThat(state.getWhenEqual("n", 30, WatchOptions.live()).get("n")).isEqualTo(30);
      state.goLive();
      commit(server, 1);
      assertThat(state.getWhenChange(BUFFERED).get("n")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100})
  void shouldCopyTheOtherStateWhenItWasCached(int commitsOfTheOther) {
    try (RemoteServer server = startThread();
        Context context = server.open();
        State<String, Object> cached = context.state().cached()) {
      commit(server, 20);
      cached.put("mine", 1);
      assertThat(cached.copy()).isEqualTo(Map.of("n", 20, "mine", 1));
      replace(server, commitsOfTheOther);
      await().atMost(SOON).until(() -> cached.get("n").equals(commitsOfTheOther));
      assertThat(cached.copy()).isEqualTo(Map.of("n", commitsOfTheOther));
      assertThat(cached.revision()).isEqualTo(context.state().revision());
      cached.put("mine", 2);
      assertThat(cached.copy()).isEqualTo(Map.of("n", commitsOfTheOther, "mine", 2));
      commit(server, 3);
      await().atMost(SOON).until(() -> cached.get("n").equals(3));
    }
  }

  @Test
  void shouldTellOfTheCommandUnderWayAndGoOnWhenTheStateIsAnother() throws Exception {
    try (RemoteServer server = RemoteServer.startWith(Protection.ENCRYPTED, ServerBackend.PROCESS);
        Context context = server.open();
        Pipeline<String, Object> pipeline = context.state().pipeline()) {
      State<String, Object> state = context.state();
      state.put("a", 1);
      Commands.run("kill", "-STOP", Long.toString(server.pid()));
      pipeline.put("a", 2);
      server.kill();
      replace(server, 1);
      assertThatThrownBy(pipeline::flush)
          .isInstanceOf(SessionLostException.class)
          .hasMessageContaining(OTHER)
          .hasMessageContaining("unknown");
      assertThatThrownBy(() -> pipeline.put("a", 3))
          .isInstanceOf(SessionLostException.class)
          .hasMessageContaining("new pipeline");
      assertThat(state.put("a", 4)).isNull();
      assertThat(state.copy()).isEqualTo(Map.of("n", 1, "a", 4));
      assertThat(state.<Integer>atomic(tx -> (Integer) tx.put("a", 5))).isEqualTo(4);
      assertThat(state.fork("first")).isEqualTo(Map.of("whose", "the first's"));
      assertThat(context.ping(SOON)).isEqualTo(server.pid());
    }
  }

  @Test
  void shouldChangeNothingInTheOtherStateWhenATransactionBeganBefore() {
    try (RemoteServer server = startThread();
        Context context = server.open()) {
      State<String, Object> state = context.state();
      state.put("a", 1);
      assertThatThrownBy(
              () ->
                  state.atomic(
                      tx -> {
                        tx.put("a", (Integer) tx.get("a") + 1);
                        replace(server, 1);
                        return null;
                      }))
          .isInstanceOf(SessionLostException.class)
          .hasMessageContaining(OTHER);
      assertThat(state.copy()).isEqualTo(Map.of("n", 1));
      assertThat(state.fork("first")).isEqualTo(Map.of("whose", "the first's"));
    }
  }

  @Test
  void shouldEndWatchesWhenTheStateWasSetBack() {
    try (RemoteServer server = RemoteServer.startWith(Protection.SIGNED, ServerBackend.PROCESS);
        Context context = server.open();
        Watch<String, Object> watch = context.state().watch(BUFFERED);
        State<String, Object> cached = context.state().cached()) {
      commit(server, 3);
      server.stop();
      String copy = server.directory() + ".copy";
      Commands.run("cp", "-r", server.directory().toString(), copy);
      server.restart();
      commit(server, 10);
      for (int n = 1; n <= 3; n++) {
        assertThat(watch.next().after().get("n")).isEqualTo(n);
      }
      for (int n = 1; n <= 10; n++) {
        assertThat(watch.next().after().get("n")).isEqualTo(n);
      }
      server.stop();
      Commands.run("rm", "-r", server.directory().toString());
      Commands.run("mv", copy, server.directory().toString());
      server.restart();
      assertThatThrownBy(watch::next)
          .isInstanceOf(HistoryLostException.class)
          .hasMessageContaining("set back");
      await().atMost(SOON).until(() -> cached.get("n").equals(3));
    }
  }
}
