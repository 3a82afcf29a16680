package io.zproc.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zproc.CapacityException;
import io.zproc.Context;
import io.zproc.Pipeline;
import io.zproc.ServerBackend;
import io.zproc.ServerOptions;
import io.zproc.State;
import io.zproc.Watch;
import io.zproc.shm.testing.TestServer;
import io.zproc.shm.testing.TestThreads;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What removed keys took is used again. */
@Timeout(120)
class RemovedKeysTest {
  private static final int MIB = 1 << 20;
  private static final ServerOptions SMALL =
      ServerOptions.defaults().backend(ServerBackend.THREAD).maxStateBytes(8 * MIB);

  /** Slots of 128 bytes: so many take the limit. */
  private static final int LIMIT = 8 * MIB / 128;

  /** Puts so many new keys and removes each soon. */
  private static void churn(State<String, Object> state, String prefix, int keys) {
    try (Pipeline<String, Object> pipeline = state.pipeline()) {
      for (int i = 0; i < keys; i++) {
        pipeline.put(prefix + i, (long) i);
        pipeline.remove(prefix + (i - 100));
      }
    }
  }

  @Test
  void shouldGoOnForEverWhenKeysAreEverNew() {
    try (TestServer server = TestServer.start(SMALL);
        Context context = server.open()) {
      State<String, Object> state = context.state();
      state.put("first", "stays");
      int keys = 10 * LIMIT;
      churn(state, "key", keys);
      assertThat(state.get("first")).isEqualTo("stays");
      assertThat(state).hasSize(101);
      for (int i = keys - 100; i < keys; i++) {
        assertThat(state.getLong("key" + i, -1)).isEqualTo(i);
      }
      assertThat(state.get("key0")).isNull();
    }
  }

  @Test
  void shouldStartAgainWhenKeysWereEverNew() {
    try (TestServer server = TestServer.start(SMALL);
        Context context = server.open()) {
      State<String, Object> state = context.state();
      churn(state, "key", 3 * LIMIT);
      Map<String, Object> before = state.copy();
      server.stop();
      server.restart();
      churn(state, "other", 100);
      Map<String, Object> expected = new HashMap<>(before);
      for (int i = 0; i < 100; i++) {
        expected.put("other" + i, (long) i);
      }
      assertThat(state.copy()).isEqualTo(expected);
    }
  }

  @Test
  void shouldTakeNewKeysWhenAFullStateIsNearlyEmptied() {
    try (TestServer server = TestServer.start(SMALL);
        Context context = server.open()) {
      State<String, Object> state = context.state();
      int kept = fill(state);
      assertThatThrownBy(() -> state.put("one more", 1L)).isInstanceOf(CapacityException.class);
      try (Pipeline<String, Object> pipeline = state.pipeline()) {
        for (int i = 0; i < kept; i++) {
          if (i % 1000 != 0) {
            pipeline.remove("old" + i);
          }
        }
      }
      churn(state, "new", LIMIT);
      for (int i = 0; i < kept; i += 1000) {
        assertThat(state.getLong("old" + i, -1)).isEqualTo(i);
      }
      assertThat(state.get("one more")).isNull();
      assertThat(state).hasSize((kept + 999) / 1000 + 100);
    }
  }

  private static int fill(State<String, Object> state) {
    for (int i = 0; i < 2 * LIMIT; i++) {
      try {
        state.putLong("old" + i, i);
      } catch (CapacityException e) {
        return i;
      }
    }
    throw new AssertionError("the state was never full");
  }

  @Test
  void shouldReadTheNewestWhenSlotsMove() {
    try (TestServer server = TestServer.start(SMALL);
        Context context = server.open();
        Context other = server.open()) {
      AtomicBoolean done = new AtomicBoolean();
      State<String, Object> seen = other.state();
      State<String, Object> state = context.state();
      state.put("short", 0L);
      state.put("long", "0" + "x".repeat(3000));
      CompletableFuture<Void> reader =
          CompletableFuture.runAsync(() -> read(seen, done), TestThreads::start);
      for (long i = 1; i <= 40 && !reader.isDone(); i++) {
        churn(state, "key" + i + ".", LIMIT / 8);
        state.put("short", i);
        state.put("long", i + "x".repeat(3000));
        state.remove("sometimes");
        state.put("sometimes", i);
        assertThat(seen.get("short")).isEqualTo(i);
        assertThat(seen.get("sometimes")).isEqualTo(i);
      }
      done.set(true);
      reader.join();
    }
  }

  private static void read(State<String, Object> state, AtomicBoolean done) {
    long lastShort = 0;
    long lastLong = 0;
    long lastSometimes = 0;
    while (!done.get()) {
      long nextShort = state.getLong("short", -1);
      String text = (String) state.get("long");
      long nextLong = Long.parseLong(text.substring(0, text.indexOf('x')));
      long nextSometimes = state.getLong("sometimes", lastSometimes);
      assertThat(nextShort).isGreaterThanOrEqualTo(lastShort);
      assertThat(nextLong).isGreaterThanOrEqualTo(lastLong);
      assertThat(nextSometimes).isGreaterThanOrEqualTo(lastSometimes);
      lastShort = nextShort;
      lastLong = nextLong;
      lastSometimes = nextSometimes;
    }
  }

  @Test
  void shouldShowEachCommitToAWatcherWhenSlotsMove() {
    try (TestServer server = TestServer.start(SMALL);
        Context context = server.open();
        Context other = server.open();
        Watch<String, Object> watch = other.state().watch()) {
      State<String, Object> state = context.state();
      churn(state, "key", LIMIT);
      long before = 0;
      Map<String, Object> after = new HashMap<>();
      for (int i = 0; i < 2 * LIMIT - 100; i++) {
        var update = watch.next();
        assertThat(update.revision()).isGreaterThan(before);
        before = update.revision();
        after = update.after();
      }
      assertThat(after).isEqualTo(state.copy());
    }
  }
}
