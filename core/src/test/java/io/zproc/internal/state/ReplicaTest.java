package io.zproc.internal.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.zproc.Context;
import io.zproc.HistoryLostException;
import io.zproc.Server;
import io.zproc.State;
import io.zproc.WatchOptions;
import io.zproc.ZProc;
import io.zproc.testing.FakeServer;
import io.zproc.testing.FakeTransport;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Snapshots when the server does not hold still, or forgets. */
@Timeout(60)
class ReplicaTest {
  private static final WatchOptions BUFFERED =
      WatchOptions.buffered().timeout(Duration.ofSeconds(20));

  private final Server started = ZProc.startServer("mem://ReplicaTest");
  private final FakeServer server = FakeTransport.server(started.address());
  private final Map<String, Object> model = new HashMap<>();
  private Context context;
  private Context writerContext;
  private State<String, Object> state;
  private State<String, Object> writer;

  @BeforeEach
  void open() {
    context = Context.open(server.address());
    writerContext = Context.open(server.address());
    state = context.state();
    writer = writerContext.state();
    for (int i = 0; i < 20; i++) {
      put("k" + i, i);
    }
  }

  @AfterEach
  void close() {
    context.close();
    writerContext.close();
    server.close();
    FakeTransport.forget(server.address());
  }

  private void put(String key, Object value) {
    model.put(key, value);
    writer.put(key, value);
  }

  private void remove(String key) {
    model.remove(key);
    writer.remove(key);
  }

  @Test
  void shouldBeExactWhenKeysChangeDuringTheScan() {
    AtomicInteger slice = new AtomicInteger();
    server.betweenSlices(
        () -> {
          int i = slice.getAndIncrement();
          put("k" + i, "early");
          put("k" + (19 - i), "late");
          remove("k" + (2 * i + 1));
          put("new" + i, i);
          remove("new" + (i - 1));
        });
    assertThat(state.copy()).isEqualTo(model);
    assertThat(slice.get()).isGreaterThan(3);
    put("k0", "after");
    assertThat(state.copy()).isEqualTo(model);
  }

  @Test
  void shouldBeExactWhenEverythingIsReplacedDuringTheScan() {
    AtomicInteger slice = new AtomicInteger();
    server.betweenSlices(
        () -> {
          if (slice.getAndIncrement() == 2) {
            model.clear();
            model.putAll(Map.of("k1", "x", "k19", "y", "z", "z"));
            writer.set(model);
          }
        });
    assertThat(state.copy()).isEqualTo(model);
  }

  @Test
  void shouldScanAgainWhenTheServerMovesItsEntries() {
    AtomicInteger slices = new AtomicInteger();
    server.betweenSlices(
        () -> {
          if (slices.getAndIncrement() == 1) {
            server.moveEntries();
          }
        });
    assertThat(state.copy()).isEqualTo(model);
    assertThat(slices.get()).isGreaterThan(6);
  }

  @Test
  void shouldReadFromTheServerAgainWhenHistoryIsLost() {
    state.copy();
    put("k1", "changed");
    remove("k2");
    server.loseHistoryBefore(server.revision() + 1);
    assertThat(state.copy()).isEqualTo(model);
    put("k3", "more");
    assertThat(state.copy()).isEqualTo(model);
  }

  @Test
  void shouldReadTheCopyFromTheServerAgainWhenHistoryIsLost() {
    State<String, Object> cached = state.cached();
    cached.get("k1");
    server.loseHistoryBefore(server.revision() + 2);
    put("k1", "changed");
    remove("k2");
    put("k3", "more");
    await().atMost(Duration.ofSeconds(20)).until(() -> "more".equals(cached.get("k3")));
    assertThat(cached.copy()).isEqualTo(model);
    put("k4", "after");
    await().atMost(Duration.ofSeconds(20)).until(() -> "after".equals(cached.get("k4")));
    assertThat(cached.copy()).isEqualTo(model);
  }

  @Test
  void shouldTellWatchersWhenHistoryIsLostUntilTheyGoLive() {
    state.fork();
    put("k1", "changed");
    server.loseHistoryBefore(server.revision() + 1);
    assertThatThrownBy(() -> state.getRawUpdate(BUFFERED)).isInstanceOf(HistoryLostException.class);
    assertThatThrownBy(() -> state.getRawUpdate(BUFFERED)).isInstanceOf(HistoryLostException.class);
    state.goLive();
    put("k1", "again");
    assertThat(state.getRawUpdate(BUFFERED).after()).isEqualTo(model);
  }

  @Test
  void shouldCutTheSameSnapshotWhenNothingChanged() {
    assertThat(((SnapshotImpl<String, Object>) state.copy()).revision())
        .isEqualTo(state.copy().revision());
    put("k1", "changed");
    assertThat(state.copy().revision()).isEqualTo(server.revision());
  }

  @Test
  void shouldGoBackToAnyRevision() {
    Map<Long, Map<String, Object>> history = new HashMap<>();
    for (int i = 0; i < 30; i++) {
      put("k" + i % 7, -i);
      if (i % 3 == 0) {
        remove("k" + (i + 1) % 7);
      }
      history.put(server.revision(), new HashMap<>(model));
    }
    checkHistory(history);
    model.clear();
    writer.clear();
    put("fresh", 1);
    history.put(server.revision(), new HashMap<>(model));
    checkHistory(history);
  }

  private void checkHistory(Map<Long, Map<String, Object>> history) {
    history.forEach(
        (revision, content) -> {
          if (revision < server.revision()) {
            var watch = state.watchAll(BUFFERED.fromRevision(revision).duplicateOkay());
            assertThat(watch.next().before()).as("revision %s", revision).isEqualTo(content);
            watch.close();
          }
        });
  }
}
