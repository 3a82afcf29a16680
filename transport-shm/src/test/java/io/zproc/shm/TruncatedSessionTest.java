package io.zproc.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.SessionLostException;
import io.zproc.State;
import io.zproc.shm.testing.SessionFiles;
import io.zproc.shm.testing.TestServer;
import io.zproc.shm.testing.Watchdog;
import io.zproc.shm.testing.WorkerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Truncating the file of a session that is in use ends that session. The JVM tells the server late,
 * rarely in the middle of somebody's commit, which it can not go on from: then another server has
 * to take its place, as after a kill, and what was acknowledged is there.
 */
@Timeout(60)
class TruncatedSessionTest {
  private static final Duration A_MOMENT = Duration.ofMillis(100);

  /** Of 15 files that are truncated; a server that stops each time is wrong. */
  private static final int MOST_RESTARTS = 2;

  @RegisterExtension static final TestServer SERVER = TestServer.of(ServerBackend.PROCESS);

  private static Watchdog watchdog;

  private Context context;
  private State<String, Object> state;

  @BeforeAll
  static void watch() {
    watchdog = Watchdog.start(SERVER);
  }

  @AfterAll
  static void unwatch() {
    watchdog.close();
    System.out.println("truncated sessions: the server stopped " + watchdog.restarts() + " times");
    assertThat(watchdog.restarts()).isLessThanOrEqualTo(MOST_RESTARTS);
  }

  @BeforeEach
  void open() {
    context = SERVER.open(Duration.ofSeconds(20));
    state = context.state("bad");
    state.set(Map.of("kept", 1));
  }

  @AfterEach
  void shouldStillServe() {
    context.close();
    try (Context another = SERVER.open(Duration.ofSeconds(20))) {
      assertThat(another.state("bad").get("kept")).isEqualTo(1);
      another.state("bad").put("alive", 1);
    }
  }

  @RepeatedTest(3)
  void shouldGoOnWhenASessionFileIsTruncated() throws Exception {
    for (int i = 0; i < 3; i++) {
      SessionFiles before = SessionFiles.of(SERVER);
      try (WorkerProcess victim = WorkerProcess.start(SERVER, "truncated", "add", "n")) {
        victim.go();
        Path file =
            await()
                .pollDelay(A_MOMENT)
                .pollInterval(A_MOMENT)
                .until(before::findNew, Objects::nonNull);
        SessionFiles.truncate(file);
        state.put("other", i);
        assertThat(state.get("other")).isEqualTo(i);
        victim.kill();
        state.put("other", -i);
      }
    }
  }

  @RepeatedTest(3)
  void shouldTellTheClientWhenItsSessionFileIsTruncated() throws IOException {
    SessionFiles before = SessionFiles.of(SERVER);
    try (Context victim = SERVER.open()) {
      State<String, Object> mine = victim.state("victim");
      mine.put("a", 1);
      SessionFiles.truncate(before.findNew());
      assertThatThrownBy(() -> mine.put("a", 2))
          .isInstanceOf(SessionLostException.class)
          .hasMessageContaining("truncated");
      assertThat(mine.put("a", 3)).isEqualTo(1);
    }
  }

  @RepeatedTest(3)
  void shouldGoOnWhenTheFileOfOneThatWaitsForTheTurnIsTruncated() throws Exception {
    WorkerProcess holder = WorkerProcess.start(SERVER, "turn", "hold-turn");
    holder.await("ready");
    SessionFiles before = SessionFiles.of(SERVER);
    try (holder;
        WorkerProcess victim = WorkerProcess.start(SERVER, "turn", "ask-turn")) {
      victim.await("ready");
      holder.begin();
      holder.await("held");
      victim.begin();
      victim.await("asking");
      // To be fairly sure that it not only has a file, but waits.
      Path file = await().pollDelay(A_MOMENT).until(before::findNew, Objects::nonNull);
      SessionFiles.truncate(file);
      holder.stop();
      state.put("other", 1);
      victim.kill();
      state.put("other", 2);
    }
  }
}
