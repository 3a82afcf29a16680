package io.zproc.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.zproc.ClosedException;
import io.zproc.Snapshot;
import io.zproc.State;
import io.zproc.ValueTooLongException;
import io.zproc.ZProcException;
import io.zproc.codec.MalformedValueException;
import io.zproc.codec.UnsupportedValueException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The dictionary, whatever the transport. */
public abstract class StateContract extends Contract {
  record Point(int x, int y) {}

  @Test
  void shouldReadWhatAnotherClientPut() {
    assertThat(state.put("apples", 2)).isNull();
    assertThat(other.get("apples")).isEqualTo(2);
    assertThat(other.put("apples", "three")).isEqualTo(2);
    assertThat(state.get("apples")).isEqualTo("three");
    assertThat(state.get("pears")).isNull();
  }

  @Test
  void shouldTellNullFromAbsentWhenAskedForTheKey() {
    state.put("null", null);
    assertThat(state.get("null")).isNull();
    assertThat(state.containsKey("null")).isTrue();
    assertThat(state.containsKey("absent")).isFalse();
    assertThat(state.getOrDefault("null", "x")).isNull();
    assertThat(state.getOrDefault("absent", "x")).isEqualTo("x");
    assertThat(state.copy()).containsEntry("null", null).doesNotContainKey("absent");
    assertThat(state.copy().getOrDefault("null", "x")).isNull();
    assertThat(state).hasSize(1);
  }

  @Test
  void shouldReturnPreviousValueWhenRemoved() {
    state.put("a", List.of(1, 2));
    assertThat(other.remove("a")).isEqualTo(List.of(1, 2));
    assertThat(state.remove("a")).isNull();
    assertThat(state.containsKey("a")).isFalse();
    assertThat(state.isEmpty()).isTrue();
    state.put("a", 3);
    assertThat(other.get("a")).isEqualTo(3);
  }

  @Test
  void shouldReplaceEverythingWhenSet() {
    state.put("old", 1);
    state.set(Map.of("a", 1, "b", 2));
    assertThat(other.copy()).isEqualTo(Map.of("a", 1, "b", 2));
    assertThat(other.get("old")).isNull();
    state.set(Map.of());
    assertThat(other).isEmpty();
  }

  @Test
  void shouldCommitOnceWhenManyArePut() {
    long before = state.revision();
    state.putAll(Map.of("a", 1, "b", 2, "c", 3));
    assertThat(state.revision()).isEqualTo(before + 1);
    state.putAll(Map.of());
    assertThat(state.revision()).isEqualTo(before + 1);
    assertThat(other.copy()).hasSize(3);
    other.clear();
    assertThat(state.size()).isZero();
  }

  @Test
  void shouldDoAsHashMapWhenAskedConditionally() {
    assertThat(state.putIfAbsent("a", 1)).isNull();
    assertThat(state.putIfAbsent("a", 2)).isEqualTo(1);
    assertThat(state.replace("a", 3)).isEqualTo(1);
    assertThat(state.replace("none", 3)).isNull();
    assertThat(state.containsKey("none")).isFalse();
    assertThat(state.replace("a", 4, 5)).isFalse();
    assertThat(state.replace("a", 3, 5)).isTrue();
    assertThat(state.remove("a", 4)).isFalse();
    assertThat(state.remove("a", 5)).isTrue();
    assertThat(state.remove("a", null)).isFalse();
    state.put("n", null);
    assertThat(state.putIfAbsent("n", 7)).isNull();
    assertThat(state.get("n")).isEqualTo(7);
  }

  @Test
  void shouldCompareValuesNotBytesWhenReplacing() {
    Map<String, Integer> there = new HashMap<>();
    Map<String, Integer> same = new LinkedHashMap<>();
    for (int i = 9; i >= 0; i--) {
      there.put("k" + i, i);
      same.put("k" + i, i);
    }
    state.put("m", there);
    assertThat(state.replace("m", same, "found")).isTrue();
    state.put("b", new byte[] {1, 2});
    assertThat(state.remove("b", new byte[] {1, 2})).isTrue();
  }

  @Test
  void shouldComputeAsHashMapDoes() {
    assertThat(state.computeIfAbsent("a", k -> k + "!")).isEqualTo("a!");
    assertThat(state.computeIfAbsent("a", k -> "other")).isEqualTo("a!");
    assertThat(state.computeIfAbsent("b", k -> null)).isNull();
    assertThat(state.computeIfPresent("a", (k, v) -> v + "?")).isEqualTo("a!?");
    assertThat(state.computeIfPresent("b", (k, v) -> v)).isNull();
    assertThat(state.computeIfPresent("a", (k, v) -> null)).isNull();
    assertThat(state.containsKey("a")).isFalse();
    assertThat(state.compute("c", (k, v) -> v == null ? 1 : 2)).isEqualTo(1);
    assertThat(state.compute("c", (k, v) -> v == null ? 1 : 2)).isEqualTo(2);
    assertThat(state.compute("c", (k, v) -> null)).isNull();
    assertThat(state.compute("c", (k, v) -> null)).isNull();
    assertThat(state.merge("d", 1, (x, y) -> (int) x + (int) y)).isEqualTo(1);
    assertThat(state.merge("d", 5, (x, y) -> (int) x + (int) y)).isEqualTo(6);
    assertThat(state.merge("d", 5, (x, y) -> null)).isNull();
    assertThat(other).isEmpty();
  }

  @Test
  void shouldLoseNoUpdateWhenManyCompute() throws Exception {
    AtomicInteger odd = new AtomicInteger();
    inParallel(
        4,
        () -> {
          State<String, Object> mine = odd.getAndIncrement() % 2 == 0 ? state : other;
          for (int i = 0; i < 50; i++) {
            mine.merge("n", 1, (a, b) -> (int) a + (int) b);
          }
          return null;
        });
    assertThat(state.get("n")).isEqualTo(200);
  }

  @Test
  void shouldPassExceptionOnWhenFunctionThrows() {
    assertThatThrownBy(
            () ->
                state.compute(
                    "a",
                    (k, v) -> {
                      throw new IllegalStateException("mine");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("mine");
    assertThat(state.containsKey("a")).isFalse();
  }

  @Test
  void shouldAddInTheServer() throws Exception {
    assertThat(state.add("n", 5)).isEqualTo(5);
    assertThat(other.add("n", -7)).isEqualTo(-2);
    assertThat(state.get("n")).isEqualTo(-2L);
    assertThat(state.add("d", 0.5)).isEqualTo(0.5);
    assertThat(state.add("d", 1.0)).isEqualTo(1.5);
    inParallel(
        3,
        () -> {
          for (int i = 0; i < 100; i++) {
            state.add("many", 1);
          }
          return null;
        });
    assertThat(other.getLong("many", 0)).isEqualTo(300);
  }

  @Test
  void shouldRefuseToAddWhenValueIsNoNumberOrOverflows() {
    state.put("text", "x");
    assertThatThrownBy(() -> state.add("text", 1)).isInstanceOf(ZProcException.class);
    assertThat(state.get("text")).isEqualTo("x");
    state.putLong("max", Long.MAX_VALUE);
    assertThatThrownBy(() -> state.add("max", 1)).isInstanceOf(ZProcException.class);
    assertThat(state.getLong("max", 0)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void shouldReadAndWriteLongsAndBytesDirectly() {
    state.putLong("n", 1L << 40);
    assertThat(other.getLong("n", -1)).isEqualTo(1L << 40);
    assertThat(other.get("n")).isEqualTo(1L << 40);
    state.put("n", 7);
    assertThat(other.getLong("n", -1)).isEqualTo(7);
    assertThat(other.getLong("absent", -1)).isEqualTo(-1);
    state.put("n", "text");
    assertThatThrownBy(() -> state.getLong("n", 0)).isInstanceOf(MalformedValueException.class);

    byte[] target = new byte[4];
    state.put("b", new byte[] {1, 2, 3});
    assertThat(other.getBytes("b", target)).isEqualTo(3);
    assertThat(target).containsExactly(1, 2, 3, 0);
    state.put("b", new byte[300]);
    assertThat(other.getBytes("b", target)).isEqualTo(300);
    assertThat(target).containsExactly(1, 2, 3, 0);
    assertThat(other.getBytes("absent", target)).isEqualTo(-1);
    assertThatThrownBy(() -> state.getBytes("n", target))
        .isInstanceOf(MalformedValueException.class);
  }

  @Test
  void shouldPopEveryItemOnceWhenManyPop() throws Exception {
    for (int i = 0; i < 60; i++) {
      state.put("k" + i, i);
    }
    Set<String> popped = ConcurrentHashMap.newKeySet();
    inParallel(
        3,
        () -> {
          for (int i = 0; i < 20; i++) {
            Map.Entry<String, Object> item = other.popItem();
            assertThat(item.getKey()).isEqualTo("k" + item.getValue());
            assertThat(popped.add(item.getKey())).isTrue();
          }
          return null;
        });
    assertThat(popped).hasSize(60);
    assertThatThrownBy(state::popItem).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void shouldTakeKeysOfManyClasses() {
    State<Object, Object> any = context.state(state.namespace(), Object.class, Object.class);
    Map<Object, Object> content = new HashMap<>();
    content.put(1, "int");
    content.put(1L, "long");
    content.put("1", "text");
    content.put(List.of(1, 2), "list");
    content.put(Set.of("a", "b", "c"), "set");
    content.put(Map.of("a", 1, "b", 2), "map");
    any.putAll(content);
    content.forEach((key, value) -> assertThat(any.get(key)).isEqualTo(value));
    assertThat(any.get(Set.copyOf(Arrays.asList("c", "b", "a")))).isEqualTo("set");
    assertThat(any.copy()).isEqualTo(content);
  }

  @Test
  void shouldRefuseNullKeysAndKeysWithoutEncoding() {
    assertThatThrownBy(() -> state.get(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> state.put(null, 1)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> state.put("a", new Object()))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessageContaining("java.lang.Object");
    assertThat(state.get(new Object())).isNull();
    assertThat(state.remove(new Object())).isNull();
    assertThat(state.containsKey(new Object())).isFalse();
    assertThat(state).isEmpty();
  }

  @Test
  void shouldNameBothSizesWhenKeyOrValueIsTooLong() {
    assertThatThrownBy(() -> state.put("k".repeat(2000), 1))
        .isInstanceOf(ValueTooLongException.class)
        .hasMessageContaining("2003")
        .hasMessageContaining("1024");
    assertThatThrownBy(() -> state.put("k", new byte[17 << 20]))
        .isInstanceOf(ValueTooLongException.class)
        .hasMessageContaining(String.valueOf((17 << 20) + 5));
    byte[] half = new byte[9 << 20];
    assertThatThrownBy(() -> state.putAll(Map.of("a", half, "b", half)))
        .isInstanceOf(ValueTooLongException.class);
    assertThat(state).isEmpty();
  }

  @Test
  void shouldWriteThroughViews() {
    state.putAll(Map.of("a", 1, "b", 2, "c", 3, "d", 4));
    assertThat(other.keySet()).containsExactlyInAnyOrder("a", "b", "c", "d");
    assertThat(other.values()).containsExactlyInAnyOrder(1, 2, 3, 4);
    assertThat(other.entrySet()).contains(entry("a", 1)).hasSize(4);
    assertThat(other.keySet().remove("a")).isTrue();
    assertThat(other.keySet().remove("a")).isFalse();
    assertThat(other.values().remove(2)).isTrue();
    assertThat(other.entrySet().remove(entry("c", 4))).isFalse();
    assertThat(other.entrySet().remove(entry("c", 3))).isTrue();
    other.entrySet().iterator().next().setValue(5);
    assertThat(state.copy()).isEqualTo(Map.of("d", 5));
    Iterator<String> keys = other.keySet().iterator();
    assertThatThrownBy(keys::remove).isInstanceOf(IllegalStateException.class);
    keys.next();
    keys.remove();
    assertThat(state).isEmpty();
  }

  @Test
  void shouldRemoveByConditionInOneCommit() {
    state.putAll(Map.of("a", 1, "b", 2, "c", 3, "d", 4));
    long before = state.revision();
    assertThat(state.entrySet().removeIf(e -> (int) e.getValue() > 2)).isTrue();
    assertThat(state.revision()).isEqualTo(before + 1);
    assertThat(state.keySet().retainAll(Set.of("a"))).isTrue();
    assertThat(state.values().removeAll(Set.of(9))).isFalse();
    state.replaceAll((k, v) -> (int) v * 10);
    assertThat(state.copy()).isEqualTo(Map.of("a", 10));
    state.values().clear();
    assertThat(state).isEmpty();
  }

  @Test
  void shouldBeEqualToMapWithSameContent() {
    state.putAll(Map.of("a", 1));
    assertThat(state.equals(Map.of("a", 1))).isTrue();
    assertThat(Map.of("a", 1).equals(state)).isTrue();
    assertThat(state.hashCode()).isEqualTo(Map.of("a", 1).hashCode());
    assertThat(state).hasToString("{a=1}");
    assertThat(state.containsValue(1)).isTrue();
    assertThat(state.containsValue(2)).isFalse();
  }

  @Test
  void shouldKeepSnapshotsWhenStateChanges() {
    state.put("a", List.of(1));
    Snapshot<String, Object> first = state.copy();
    other.put("a", List.of(2));
    other.put("b", 1);
    Snapshot<String, Object> second = state.copy();
    assertThat(first).isEqualTo(Map.of("a", List.of(1)));
    assertThat(second).isEqualTo(Map.of("a", List.of(2), "b", 1));
    assertThat(second.revision()).isGreaterThan(first.revision());
    assertThat(first.get(new Object())).isNull();
    assertThat(first.get(null)).isNull();
    assertThatThrownBy(() -> first.put("x", 1)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(first::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> first.keySet().iterator().remove())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void shouldGiveUnmodifiableCollectionsOutsideTransactions() {
    state.put("l", List.of(1));
    @SuppressWarnings("unchecked")
    List<Object> list = (List<Object>) state.get("l");
    assertThatThrownBy(() -> list.add(2)).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void shouldSeparateNamespacesAndShareThemByName() {
    State<String, Object> fork = state.fork();
    State<String, Object> elsewhere = state.fork(state.namespace() + "-2");
    state.put("a", 1);
    elsewhere.put("a", 2);
    assertThat(fork.get("a")).isEqualTo(1);
    assertThat(fork.namespace()).isEqualTo(state.namespace());
    assertThat(elsewhere.namespace()).isEqualTo(state.namespace() + "-2");
    assertThat(elsewhere.copy()).isEqualTo(Map.of("a", 2));
    elsewhere.clear();
    assertThat(state.copy()).isEqualTo(Map.of("a", 1));
  }

  @Test
  void shouldKeepTypesWhenStateIsTyped() {
    State<String, Point> points =
        context.state(state.namespace() + "-points", String.class, Point.class);
    points.put("p", new Point(1, 2));
    assertThat(points.get("p")).isEqualTo(new Point(1, 2));
    assertThat(points.copy()).isEqualTo(Map.of("p", new Point(1, 2)));
    State<String, Long> longs =
        context.state(state.namespace() + "-longs", String.class, Long.class);
    longs.putLong("n", 4);
    assertThat(longs.add("n", 2)).isEqualTo(6);
    assertThat(longs.get("n")).isEqualTo(6L);
    State<String, Integer> ints =
        context.state(state.namespace() + "-longs", String.class, Integer.class);
    assertThat(ints.getLong("n", 0)).isEqualTo(6);
  }

  @Test
  void shouldAnswerPing() {
    assertThat(state.ping(SOON)).isEqualTo(other.ping(SOON)).isPositive();
    assertThat(context.ping(Duration.ofSeconds(5))).isEqualTo(state.ping(SOON));
    assertThat(state.address()).isEqualTo(context.address());
  }

  @Test
  void shouldSeeNoTornCommitWhenCopied() throws Exception {
    state.putAll(Map.of("a", 0, "b", 0));
    var writer =
        start(
            () -> {
              for (int i = 1; i <= 500; i++) {
                other.putAll(Map.of("a", i, "b", i));
              }
              return null;
            });
    while (!writer.isDone()) {
      Snapshot<String, Object> copy = state.copy();
      assertThat(copy.get("a")).isEqualTo(copy.get("b"));
    }
    writer.get();
    assertThat(state.copy()).isEqualTo(Map.of("a", 500, "b", 500));
  }

  @Test
  void shouldRefuseUseAfterClose() {
    State<String, Object> fork = state.fork();
    fork.close();
    fork.close();
    assertThatThrownBy(() -> fork.get("a")).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> fork.put("a", 1)).isInstanceOf(ClosedException.class);
    assertThatThrownBy(fork::copy).isInstanceOf(ClosedException.class);
    state.put("a", 1);
    context.close();
    context.close();
    assertThatThrownBy(() -> state.get("a")).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> state.put("a", 1)).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> context.state("x")).isInstanceOf(ClosedException.class);
  }
}
