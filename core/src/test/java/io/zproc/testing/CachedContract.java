package io.zproc.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.zproc.ClosedException;
import io.zproc.Pipeline;
import io.zproc.Snapshot;
import io.zproc.State;
import io.zproc.Watch;
import io.zproc.WatchOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What reads from a copy promise, beside a client that changes the state without one. */
public abstract class CachedContract extends Contract {
  private static final int ACCOUNTS = 10;

  /** A cached state of the same client as {@code state}, which is not. */
  private State<String, Object> cached;

  @Override
  protected void openStates(String namespace) {
    super.openStates(namespace);
    other.put("before", 1L);
    cached = state.cached();
  }

  private void awaitEqual(String key, Object value) {
    await().atMost(SOON).until(() -> value.equals(cached.get(key)));
  }

  @Test
  void shouldHaveWhatWasThereAndSoonWhatOthersCommit() {
    assertThat(cached.get("before")).isEqualTo(1L);
    assertThat(cached.getLong("before", 0)).isEqualTo(1);
    byte[] bytes = {1, 2, 3};
    byte[] target = new byte[3];
    other.put("bytes", bytes);
    other.put("null", null);
    other.remove("before");
    awaitEqual("end", other.computeIfAbsent("end", key -> "here"));
    assertThat(cached.getBytes("bytes", target)).isEqualTo(3);
    assertThat(target).isEqualTo(bytes);
    assertThat(cached.getBytes("bytes", new byte[2])).isEqualTo(3);
    assertThat(cached.getBytes("none", target)).isEqualTo(-1);
    assertThat(cached.containsKey("null")).isTrue();
    assertThat(cached.getOrDefault("null", 1)).isNull();
    assertThat(cached.containsKey("before")).isFalse();
    assertThat(cached.getLong("before", 7)).isEqualTo(7);
    assertThat(cached).hasSize(3);
    assertThat(cached.copy().keySet()).isEqualTo(other.copy().keySet());
    assertThat(cached.revision()).isLessThanOrEqualTo(state.revision());
  }

  @Test
  void shouldSeeItsOwnCommitsAtOnce() {
    for (int i = 0; i < 20; i++) {
      cached.put("k", i);
      assertThat(cached.get("k")).isEqualTo(i);
      cached.putLong("n", i);
      assertThat(cached.getLong("n", -1)).isEqualTo(i);
      assertThat(cached.add("n", 5)).isEqualTo(i + 5);
      assertThat(cached.get("n")).isEqualTo(i + 5L);
      cached.putAll(Map.of("a", i, "b", i));
      assertThat(cached.copy()).containsEntry("a", i).containsEntry("b", i);
      cached.remove("a");
      assertThat(cached.containsKey("a")).isFalse();
      cached.merge("b", 1, (x, y) -> (int) x + (int) y);
      assertThat(cached.get("b")).isEqualTo(i + 1);
      int now = i;
      cached.atomic(tx -> tx.put("tx", now));
      assertThat(cached.get("tx")).isEqualTo(i);
      cached.atomicExclusive(tx -> tx.put("tx", -now));
      assertThat(cached.get("tx")).isEqualTo(-i);
      try (Pipeline<String, Object> pipeline = cached.pipeline()) {
        pipeline.put("p", i);
        pipeline.flush();
        assertThat(cached.get("p")).isEqualTo(i);
      }
      cached.set(Map.of("only", i));
      assertThat(cached).hasSize(1).containsEntry("only", i);
      assertThat(cached.popItem().getValue()).isEqualTo(i);
      assertThat(cached).isEmpty();
    }
  }

  @Test
  void shouldNotGoBehindWhatWasSeenByOtherMeans() {
    Watch<String, Object> watch = cached.watch(WatchOptions.buffered().timeout(SOON), "w");
    State<String, Object> elsewhere = other.fork(other.namespace() + "-elsewhere");
    for (long i = 0; i < 20; i++) {
      long now = i;
      elsewhere.put("unrelated", now);
      other.put("k", now);
      assertThat(cached.putIfAbsent("k", -1L)).isEqualTo(now);
      assertThat(cached.get("k")).isEqualTo(now);
      other.put("k", -now);
      elsewhere.put("unrelated", -now);
      assertThat(cached.<Object>atomic(tx -> tx.get("k"))).isEqualTo(-now);
      assertThat(cached.get("k")).isEqualTo(-now);
      other.put("w", now);
      assertThat(watch.next().after().get("w")).isEqualTo(now);
      assertThat(cached.getLong("w", -1)).isEqualTo(now);
      other.put("x", now);
      elsewhere.put("unrelated", now);
      cached.getWhenEqual("x", now);
      assertThat(cached.get("x")).isEqualTo(now);
      other.remove("x");
      assertThat(cached.remove("x", now)).isFalse();
      assertThat(cached.containsKey("x")).isFalse();
    }
  }

  @Test
  void shouldNeverGoBackwardsWhicheverThreadReads() throws Exception {
    AtomicLong seen = new AtomicLong();
    AtomicBoolean done = new AtomicBoolean();
    other.putLong("n", 0);
    Future<Long> writer =
        start(
            () -> {
              long last = 0;
              for (long end = System.nanoTime() + 1_000_000_000L; System.nanoTime() < end; ) {
                other.putLong("n", ++last);
              }
              return last;
            });
    List<Future<Long>> readers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      readers.add(
          start(
              () -> {
                long reads = 0;
                for (; !done.get(); reads++) {
                  long least = seen.get();
                  long value =
                      reads % 16 == 0 ? (Long) cached.copy().getOrDefault("n", 0L) : read();
                  assertThat(value).isGreaterThanOrEqualTo(least);
                  seen.accumulateAndGet(value, Math::max);
                }
                return reads;
              }));
    }
    long last = writer.get(50, TimeUnit.SECONDS);
    awaitEqual("n", last);
    done.set(true);
    for (Future<Long> reader : readers) {
      assertThat(reader.get(50, TimeUnit.SECONDS)).isPositive();
    }
    assertThat(last).isPositive();
  }

  private long read() {
    return cached.getLong("n", 0);
  }

  @Test
  void shouldShowOneMomentInEachCopyWhenMoneyIsMoved() throws Exception {
    Map<String, Object> accounts = new HashMap<>();
    for (int i = 0; i < ACCOUNTS; i++) {
      accounts.put("account" + i, 100L);
    }
    other.set(accounts);
    cached.getWhen(content -> content.size() == ACCOUNTS);
    Future<?> bank =
        start(
            () -> {
              for (int i = 0; i < 300; i++) {
                transfer(i % 2 == 0 ? other : cached);
              }
              return null;
            });
    int copies = 0;
    long last = 0;
    while (!bank.isDone()) {
      Snapshot<String, Object> copy = cached.copy();
      assertThat(sum(copy)).as("at revision %s", copy.revision()).isEqualTo(100L * ACCOUNTS);
      assertThat(sum(cached)).isEqualTo(100L * ACCOUNTS);
      assertThat(copy.revision()).isGreaterThanOrEqualTo(last);
      last = copy.revision();
      copies++;
    }
    bank.get(20, TimeUnit.SECONDS);
    assertThat(copies).isPositive();
    assertThat(sum(other.copy())).isEqualTo(100L * ACCOUNTS);
  }

  private static void transfer(State<String, Object> state) {
    String from = "account" + ThreadLocalRandom.current().nextInt(ACCOUNTS);
    String to = "account" + ThreadLocalRandom.current().nextInt(ACCOUNTS);
    state.atomic(
        tx -> {
          tx.put(from, (Long) tx.get(from) - 1);
          return tx.put(to, (Long) tx.get(to) + 1);
        });
  }

  private static long sum(Map<String, Object> accounts) {
    return accounts.values().stream().mapToLong(Long.class::cast).sum();
  }

  @Test
  void shouldCacheForksAndOtherNamespacesToo() {
    State<String, Object> fork = cached.fork();
    State<String, Object> elsewhere = cached.fork(cached.namespace() + "-fork");
    cached.put("k", 1);
    assertThat(fork.get("k")).isEqualTo(1);
    elsewhere.put("e", 2);
    assertThat(elsewhere.get("e")).isEqualTo(2);
    assertThat(threads(cached.namespace())).isEqualTo(1);
    assertThat(threads(elsewhere.namespace())).isEqualTo(1);
  }

  @Test
  void shouldEndItsThreadWhenTheLastStateIsClosed() {
    String namespace = cached.namespace();
    State<String, Object> fork = cached.fork();
    cached.close();
    cached.close();
    assertThatThrownBy(() -> cached.get("before")).isInstanceOf(ClosedException.class);
    assertThat(fork.get("before")).isEqualTo(1L);
    fork.close();
    await().atMost(SOON).until(() -> threads(namespace) == 0);
    assertThat(state.get("before")).isEqualTo(1L);
    other.put("before", 2L);
    try (State<String, Object> again = state.cached()) {
      assertThat(again.get("before")).isEqualTo(2L);
    }
  }

  @Test
  void shouldEndWhenTheContextIsClosed() {
    String namespace = cached.namespace();
    context.close();
    assertThatThrownBy(() -> cached.get("before")).isInstanceOf(ClosedException.class);
    await().atMost(SOON).until(() -> threads(namespace) == 0);
  }

  private static long threads(String namespace) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("zproc-cached-" + namespace))
        .count();
  }
}
