package io.zproc.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zproc.ClosedException;
import io.zproc.State;
import io.zproc.Transaction;
import io.zproc.TurnLostException;
import io.zproc.codec.UnsupportedValueException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Transactions, whatever the transport. */
public abstract class TransactionContract extends Contract {
  private static final int ACCOUNTS = 5;

  @Test
  void shouldCommitAllAtOnceAndReturnTheResult() {
    state.put("a", 1);
    state.put("gone", 1);
    long before = state.revision();
    String result =
        state.atomic(
            tx -> {
              assertThat(tx.put("a", 2)).isEqualTo(1);
              assertThat(tx.remove("gone")).isEqualTo(1);
              assertThat(tx.putIfAbsent("b", 3)).isNull();
              assertThat(tx.get("a")).isEqualTo(2);
              return "done";
            });
    assertThat(result).isEqualTo("done");
    assertThat(state.revision()).isEqualTo(before + 1);
    assertThat(other.copy()).isEqualTo(Map.of("a", 2, "b", 3));
  }

  @Test
  void shouldSaveCollectionsChangedInPlace() {
    state.put("list", List.of(1));
    state.put("deep", Map.of("inner", List.of()));
    state.put("same", List.of(7));
    state.atomic(tx -> list(tx.get("list")).add(2));
    state.atomic(
        tx -> {
          Map<?, ?> map = (Map<?, ?>) tx.get("deep");
          return list(map.get("inner")).add("x") && list(tx.get("same")).size() == 1;
        });
    assertThat(other.get("list")).isEqualTo(List.of(1, 2));
    assertThat(other.get("deep")).isEqualTo(Map.of("inner", List.of("x")));
  }

  @Test
  void shouldSaveCollectionsChangedWhileIterating() {
    state.putAll(Map.of("a", List.of(1), "b", List.of(2)));
    state.atomic(
        tx -> {
          tx.values().forEach(value -> list(value).add(0));
          return null;
        });
    assertThat(other.copy()).isEqualTo(Map.of("a", List.of(1, 0), "b", List.of(2, 0)));
  }

  @Test
  void shouldNotCommitWhenNothingIsWritten() {
    state.put("a", List.of(1));
    long before = state.revision();
    assertThat(state.<Object>atomic(tx -> tx.get("a"))).isEqualTo(List.of(1));
    assertThat(state.<Integer>atomic(Map::size)).isEqualTo(1);
    assertThat(state.<Boolean>atomic(tx -> tx.containsKey("none"))).isFalse();
    assertThat(state.revision()).isEqualTo(before);
  }

  @Test
  void shouldLeaveStateAloneWhenFunctionThrows() {
    state.put("a", 1);
    long before = state.revision();
    assertThatThrownBy(
            () ->
                state.atomic(
                    tx -> {
                      tx.put("a", 2);
                      throw new IllegalStateException("mine");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("mine");
    assertThatThrownBy(() -> state.atomic(tx -> tx.put("a", new Object())))
        .isInstanceOf(UnsupportedValueException.class);
    assertThatThrownBy(
            () ->
                state.atomicExclusive(
                    tx -> {
                      tx.put("a", 2);
                      throw new IllegalStateException("mine");
                    }))
        .hasMessage("mine");
    assertThat(state.revision()).isEqualTo(before);
    other.put("b", 1);
    assertThat(state.get("a")).isEqualTo(1);
  }

  @Test
  void shouldSeeItsOwnChangesInWholeViews() {
    state.putAll(Map.of("a", 1, "b", 2, "c", 3));
    state.atomic(
        tx -> {
          tx.remove("a");
          tx.put("d", 4);
          tx.putAll(Map.of("b", 5, "e", 6));
          assertThat(tx).hasSize(4);
          assertThat(new HashMap<>(tx)).isEqualTo(Map.of("b", 5, "c", 3, "d", 4, "e", 6));
          assertThat(tx.containsValue(6)).isTrue();
          tx.entrySet().removeIf(e -> (int) e.getValue() > 4);
          tx.entrySet().iterator().next().setValue(9);
          assertThat(tx.keySet()).containsExactlyInAnyOrder("c", "d");
          return null;
        });
    assertThat(other.copy()).hasSize(2).containsKeys("c", "d").containsValue(9);
    state.atomic(
        tx -> {
          tx.clear();
          assertThat(tx).isEmpty();
          assertThat(tx.get("c")).isNull();
          tx.put("only", 1);
          assertThat(tx).hasSize(1);
          return null;
        });
    assertThat(other.copy()).isEqualTo(Map.of("only", 1));
  }

  @Test
  void shouldRunAgainWhenAReadKeyChanges() {
    state.put("a", 1);
    AtomicInteger runs = new AtomicInteger();
    state.atomic(
        tx -> {
          int a = (int) tx.get("a");
          if (runs.incrementAndGet() == 1) {
            other.put("a", 10);
          }
          return tx.put("b", a + 1);
        });
    assertThat(runs).hasValue(2);
    assertThat(state.get("b")).isEqualTo(11);
  }

  @Test
  void shouldRunAgainWhenAnAbsentKeyAppears() {
    AtomicInteger runs = new AtomicInteger();
    state.atomic(
        tx -> {
          boolean there = tx.containsKey("a");
          if (runs.incrementAndGet() == 1) {
            other.put("a", 10);
          }
          return tx.put("b", there);
        });
    assertThat(runs).hasValue(2);
    assertThat(state.get("b")).isEqualTo(true);
  }

  @Test
  void shouldRunAgainWhenSizeWasReadAndAKeyAppears() {
    AtomicInteger runs = new AtomicInteger();
    state.atomic(
        tx -> {
          int size = tx.size();
          if (runs.incrementAndGet() == 1) {
            other.put("new", 10);
          }
          return tx.put("size", size);
        });
    assertThat(runs).hasValue(2);
    assertThat(state.get("size")).isEqualTo(1);
  }

  @Test
  void shouldNotRunAgainWhenOtherKeysChange() {
    state.put("a", 1);
    AtomicInteger runs = new AtomicInteger();
    state.atomic(
        tx -> {
          tx.get("a");
          other.put("unrelated", runs.incrementAndGet());
          tx.get("unrelated");
          return tx.put("b", 1);
        });
    assertThat(runs).hasValue(1);
  }

  @Test
  void shouldNeverSeeTwoRevisionsAtOnce() {
    state.putAll(Map.of("a", 0, "b", 0));
    AtomicInteger runs = new AtomicInteger();
    int sum =
        state.atomic(
            tx -> {
              int a = (int) tx.get("a");
              if (runs.incrementAndGet() == 1) {
                other.putAll(Map.of("a", 5, "b", -5));
              }
              assertThat(a + (int) tx.get("b")).isZero();
              return a + (int) tx.get("b");
            });
    assertThat(sum).isZero();
    assertThat(runs).hasValue(2);
  }

  @Test
  void shouldRunAgainWhenFunctionSwallowsTheRestart() {
    state.putAll(Map.of("a", 0, "b", 0));
    AtomicInteger runs = new AtomicInteger();
    int b =
        state.atomic(
            tx -> {
              tx.get("a");
              if (runs.incrementAndGet() == 1) {
                other.putAll(Map.of("a", 5, "b", 5));
              }
              try {
                return (int) tx.get("b");
              } catch (Throwable e) {
                return -1;
              }
            });
    assertThat(b).isEqualTo(5);
  }

  @Test
  void shouldGetThroughWhenEverybodyInterferes() {
    state.put("a", 0);
    AtomicInteger runs = new AtomicInteger();
    state.atomic(
        tx -> {
          int a = (int) tx.get("a");
          if (runs.incrementAndGet() <= 3) {
            other.put("a", a + 10);
          }
          return tx.put("a", a + 1);
        });
    assertThat(runs).hasValue(4);
    assertThat(state.get("a")).isEqualTo(31);
    other.put("a", 1);
    assertThat(state.get("a")).isEqualTo(1);
  }

  @Test
  void shouldKeepTheSumWhenManyTransfer() throws Exception {
    Map<String, Object> accounts = new HashMap<>();
    for (int i = 0; i < ACCOUNTS; i++) {
      accounts.put("account" + i, 100);
    }
    state.putAll(accounts);
    AtomicInteger thread = new AtomicInteger();
    inParallel(
        4,
        () -> {
          int number = thread.getAndIncrement();
          for (int i = 0; i < 60; i++) {
            transfer(number % 2 == 0 ? state : other, i % 10 == 0);
          }
          return null;
        });
    assertThat(state.copy().values().stream().mapToInt(v -> (int) v).sum()).isEqualTo(500);
  }

  private static void transfer(State<String, Object> bank, boolean whole) {
    String from = "account" + ThreadLocalRandom.current().nextInt(ACCOUNTS);
    String to = "account" + ThreadLocalRandom.current().nextInt(ACCOUNTS);
    bank.atomic(
        tx -> {
          tx.put(from, (int) tx.get(from) - 1);
          tx.put(to, (int) tx.get(to) + 1);
          assertThat(whole ? sumOfValues(tx) : sumOfKeys(tx)).isEqualTo(500);
          return null;
        });
  }

  private static int sumOfKeys(Transaction<String, Object> tx) {
    int sum = 0;
    for (int i = 0; i < ACCOUNTS; i++) {
      sum += (int) tx.get("account" + i);
    }
    return sum;
  }

  private static int sumOfValues(Transaction<String, Object> tx) {
    return tx.values().stream().mapToInt(v -> (int) v).sum();
  }

  @Test
  void shouldRunOnceWhenExclusive() throws Exception {
    state.put("a", 0);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger runs = new AtomicInteger();
    Future<Object> exclusive =
        start(
            () ->
                state.atomicExclusive(
                    tx -> {
                      runs.incrementAndGet();
                      inside.countDown();
                      await(go);
                      return tx.put("a", (int) tx.get("a") + 1);
                    }));
    inside.await();
    Future<Object> put = start(() -> other.put("a", 10));
    go.countDown();
    exclusive.get(20, TimeUnit.SECONDS);
    assertThat(put.get(20, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(runs).hasValue(1);
    assertThat(state.get("a")).isEqualTo(10);
  }

  @Test
  void shouldCountCorrectlyWhenManyAreExclusive() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    inParallel(
        3,
        () -> {
          for (int i = 0; i < 30; i++) {
            state.atomicExclusive(
                tx -> {
                  runs.incrementAndGet();
                  return tx.merge("n", 1, (a, b) -> (int) a + (int) b);
                });
          }
          return null;
        });
    assertThat(runs).hasValue(90);
    assertThat(state.get("n")).isEqualTo(90);
  }

  @Test
  void shouldTellWhenTheTurnLastedTooLong() {
    state.put("a", 0);
    assertThatThrownBy(
            () ->
                state.atomicExclusive(
                    tx -> {
                      tx.put("a", 1);
                      Future<?> put = start(() -> other.put("a", 2));
                      return joined(put);
                    }))
        .isInstanceOf(TurnLostException.class);
    assertThat(state.get("a")).isEqualTo(2);
  }

  @Test
  void shouldWriteThroughTheTurnWhenNested() {
    state.atomicExclusive(
        tx -> {
          other.getLong("x", 0);
          state.put("nested", 1);
          state.fork(state.namespace() + "-new").put("elsewhere", 1);
          state.atomic(inner -> inner.put("inner", 2));
          state.atomicExclusive(inner -> inner.put("inner2", 3));
          return tx.put("outer", 4);
        });
    assertThat(other.copy()).containsOnlyKeys("nested", "inner", "inner2", "outer");
  }

  @Test
  void shouldRefuseUseAfterTheFunctionReturned() {
    AtomicReference<Transaction<String, Object>> leaked = new AtomicReference<>();
    state.atomic(
        tx -> {
          leaked.set(tx);
          return tx.revision();
        });
    assertThatThrownBy(() -> leaked.get().get("a")).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> leaked.get().put("a", 1)).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> leaked.get().size()).isInstanceOf(ClosedException.class);
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Object value) {
    assertThat(value).isInstanceOf(ArrayList.class);
    return (List<Object>) value;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object joined(Future<?> future) {
    try {
      return future.get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
