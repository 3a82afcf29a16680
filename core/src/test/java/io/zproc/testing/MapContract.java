package io.zproc.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zproc.ManagedProcess;
import io.zproc.MapOptions;
import io.zproc.MapResults;
import io.zproc.MapTask;
import io.zproc.RemoteException;
import io.zproc.TargetNotSerializableException;
import io.zproc.WatchOptions;
import io.zproc.ZProcException;
import java.io.NotSerializableException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Maps, whatever the transport and wherever the workers run. */
@Timeout(180)
public abstract class MapContract extends Contract {
  private static final int MANY = 100_000;
  private static final int MAX_AHEAD = 33 * 1024;

  private static final MapOptions TWO = MapOptions.defaults().count(2);

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static List<Long> squares(int count) {
    return LongStream.range(0, count).map(n -> n * n).boxed().toList();
  }

  private static long square(int n) {
    return (long) n * n;
  }

  private static <T> List<T> listOf(Iterator<T> results) {
    List<T> list = new ArrayList<>();
    results.forEachRemaining(list::add);
    return list;
  }

  /** What maps keep in the state, but for the records of pools that live. */
  private static boolean isOfTask(Object key) {
    return key.toString().startsWith("task.");
  }

  private void assertNoTaskIsLeft() {
    for (String namespace : List.of("zproc.map", "zproc.map.bells")) {
      assertThat(otherContext.state(namespace, String.class, byte[].class).keySet())
          .as(namespace)
          .noneMatch(MapContract::isOfTask);
    }
  }

  @AfterEach
  void shouldLeaveNothingInTheStateWhenTheContextIsClosed() {
    context.close();
    for (String namespace : List.of("zproc.map", "zproc.map.bells")) {
      assertThat(otherContext.state(namespace, String.class, byte[].class).keySet())
          .as(namespace)
          .isEmpty();
    }
  }

  @Test
  void shouldGiveTheSameAsOneAfterTheOtherWhenTwoMapsRunAtOnce() throws Exception {
    List<Long> expected = squares(MANY);
    Future<List<Long>> one =
        start(() -> listOf(context.processMap(MapContract::square, numbers(MANY), TWO)));
    Future<List<Long>> two =
        start(() -> listOf(context.processMap(MapContract::square, numbers(MANY), TWO)));
    assertThat(one.get()).isEqualTo(expected);
    assertThat(two.get()).isEqualTo(expected);
    assertNoTaskIsLeft();
  }

  @Test
  void shouldGiveResultsToAnotherContextThatKnowsTheTask() {
    MapTask task = context.submitMap(MapContract::square, numbers(1000), TWO);
    String text = task.toString();
    assertThat(text).hasSizeLessThan(40);
    assertThat(listOf(otherContext.<Long>pullResults(text))).isEqualTo(squares(1000));
    assertNoTaskIsLeft();
    assertThatThrownBy(() -> otherContext.pullResults(text))
        .isInstanceOf(ZProcException.class)
        .hasMessageContaining(text);
  }

  @Test
  void shouldGiveAnEmptyResultWhenThereAreNoItems() {
    try (MapResults<Long> none = context.processMap(MapContract::square, List.<Integer>of())) {
      assertThat(none.hasNext()).isFalse();
      assertThatThrownBy(none::next).isInstanceOf(NoSuchElementException.class);
    }
    assertNoTaskIsLeft();
  }

  /** What zproc has map_args and args for. */
  @Test
  void shouldTakeRowsOfArgumentsAndThoseThatAreTheSameForAll() {
    int added = 7;
    List<List<Integer>> rows = List.of(List.of(2, 3), List.of(4, 5), List.of(6, 0));
    List<Integer> results =
        listOf(
            context.processMap(
                (List<Integer> row) -> row.get(0) * row.get(1) + added, rows, TWO.count(1)));
    assertThat(results).containsExactly(13, 27, 7);
  }

  @Test
  void shouldThrowAtTheItemThatFailsAndGoOnBehindIt() {
    MapResults<Integer> results = context.processMap((Integer n) -> 60 / n, List.of(1, 0, 3), TWO);
    assertThat(results.next()).isEqualTo(60);
    assertThatThrownBy(results::next)
        .isInstanceOf(RemoteException.class)
        .hasMessageContaining("ArithmeticException")
        .hasStackTraceContaining("MapContract");
    assertThat(results.next()).isEqualTo(20);
    assertThat(results.hasNext()).isFalse();
    assertNoTaskIsLeft();
  }

  @Test
  void shouldThrowAtWhatCanNotBeSerialized() {
    List<Object> items = List.of(1, new Object(), 2, 3);
    MapResults<Object> results =
        context.processMap(
            (Object n) -> n.equals(2) ? new Object() : n, items, TWO.chunkSize(items.size()));
    assertThat(results.next()).isEqualTo(1);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(results::next)
          .isInstanceOf(RemoteException.class)
          .hasMessageContaining(NotSerializableException.class.getName());
    }
    assertThat(results.next()).isEqualTo(3);
    assertThat(results.hasNext()).isFalse();
  }

  @Test
  void shouldThrowWhereTheItemsEndBecauseTheirIteratorFails() {
    Iterator<Integer> items = IntStream.range(0, 10).map(n -> 60 / (7 - n)).boxed().iterator();
    MapResults<Integer> results = context.processMap((Integer n) -> n, items, TWO);
    for (int n = 0; n < 7; n++) {
      assertThat(results.next()).isEqualTo(60 / (7 - n));
    }
    assertThatThrownBy(results::next)
        .isInstanceOf(RemoteException.class)
        .hasMessageContaining("ArithmeticException");
    assertThat(results.hasNext()).isFalse();
    assertNoTaskIsLeft();
  }

  @Test
  void shouldPullItemsOnlySoFarAheadAsAreAskedFor() {
    AtomicInteger pulled = new AtomicInteger();
    Iterator<Integer> endless = IntStream.generate(pulled::incrementAndGet).boxed().iterator();
    MapResults<Integer> results = context.processMap((Integer n) -> n, endless, TWO);
    int asked = 0;
    for (int i = 0; i < 100_000; i++) {
      assertThat(results.next()).isEqualTo(++asked);
      if (i % 1000 == 0) {
        assertThat(pulled.get() - asked).isLessThanOrEqualTo(MAX_AHEAD);
      }
    }
    results.close();
    assertThat(results.hasNext()).isFalse();
    assertNoTaskIsLeft();
  }

  @Test
  void shouldComputeBeforeResultsAreAskedForButNotWithoutBound() {
    AtomicInteger pulled = new AtomicInteger();
    Iterator<Integer> endless = IntStream.generate(pulled::incrementAndGet).boxed().iterator();
    String namespace = state.namespace();
    try (MapResults<Object> results =
        context.processMapWithState(
            (all, n) -> all.fork(namespace).add("computed", 1L), () -> endless, TWO.chunkSize(1))) {
      state.getWhenEqual("computed", 32L, WatchOptions.live().timeout(SOON));
      assertThat(pulled.get()).isEqualTo(32);
      assertThat(results.next()).isNotNull();
      assertThat(results.next()).isNotNull();
      state.getWhenNotEqual("computed", 32L, WatchOptions.live().timeout(SOON));
    }
    assertNoTaskIsLeft();
  }

  @Test
  void shouldGiveTheFunctionTheStateOfTheContext() {
    String key = state.namespace();
    List<Object> sums =
        context
            .processMapWithState((all, n) -> all.add(key, n), List.of(1, 2, 3), TWO.count(1))
            .stream()
            .map(Object.class::cast)
            .toList();
    assertThat(sums).isEqualTo(List.of(1L, 3L, 6L));
    assertThat(context.state().remove(key)).isEqualTo(6L);
  }

  @Test
  void shouldTakeResultsThatAreLargerThanOneValueTogether() {
    List<Integer> items = numbers(40);
    MapResults<byte[]> results =
        context.processMap((Integer n) -> new byte[700_000 + n], items, TWO.chunkSize(20));
    for (int n = 0; n < items.size(); n++) {
      assertThat(results.next()).hasSize(700_000 + n);
    }
    assertThat(results.hasNext()).isFalse();
    assertNoTaskIsLeft();
  }

  @Test
  void shouldThrowAtAResultThatIsLongerThanAnyValue() {
    MapResults<Object> results =
        context.processMap((Integer n) -> n == 1 ? new byte[20 << 20] : n, List.of(0, 1, 2), TWO);
    assertThat(results.next()).isEqualTo(0);
    assertThatThrownBy(results::next)
        .isInstanceOf(RemoteException.class)
        .hasMessageContaining("ValueTooLongException");
    assertThat(results.next()).isEqualTo(2);
  }

  @Test
  void shouldLetOnlyOnePullAtATime() {
    MapTask task = context.submitMap(MapContract::square, numbers(100), TWO.chunkSize(10));
    MapResults<Long> first = context.pullResults(task);
    assertThat(first.next()).isZero();
    MapResults<Long> second = otherContext.pullResults(task);
    for (long n = 0; n < 20; n++) {
      assertThat(second.next()).isEqualTo(n * n);
    }
    for (long n = 1; n < 10; n++) {
      assertThat(first.next()).isEqualTo(n * n);
    }
    assertThatThrownBy(first::next)
        .isInstanceOf(ZProcException.class)
        .hasMessageContaining("somebody else");
    assertThat(listOf(second)).isEqualTo(squares(100).subList(20, 100));
    assertNoTaskIsLeft();
  }

  @Test
  void shouldEndAWaitingPullerWhenItIsClosed() throws Exception {
    Iterator<Integer> never =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            state.getWhenAvailable("never", WatchOptions.live().timeout(SOON));
            return false;
          }

          @Override
          public Integer next() {
            throw new NoSuchElementException();
          }
        };
    MapResults<Long> results = context.processMap(MapContract::square, never, TWO);
    Future<Boolean> more = start(results::hasNext);
    results.close();
    assertThat(more.get()).isFalse();
    assertNoTaskIsLeft();
    other.put("never", 0);
  }

  @Test
  void shouldKeepWorkersForTheNextMapAndStartFreshOnesWhenAsked() {
    assertThat(listOf(context.processMap(MapContract::square, numbers(9), TWO))).hasSize(9);
    List<ManagedProcess<?>> first = context.workers();
    assertThat(first).hasSize(2);
    assertThat(listOf(context.processMap(MapContract::square, numbers(9), TWO.count(1))))
        .hasSize(9);
    assertThat(context.workers()).isEqualTo(first);
    assertThat(listOf(context.processMap(MapContract::square, numbers(9), TWO.count(3))))
        .hasSize(9);
    assertThat(context.workers()).hasSize(3).containsAll(first);
    assertThat(listOf(context.processMap(MapContract::square, numbers(9), TWO.fresh(true))))
        .hasSize(9);
    for (ManagedProcess<?> worker : first) {
      worker.await(SOON);
      assertThat(worker.exitCode()).hasValue(0);
    }
    assertThat(context.processes()).isEmpty();
  }

  @Test
  void shouldFinishATaskOfWorkersThatFreshOnesReplace() {
    MapResults<Long> old = context.processMap(MapContract::square, numbers(5000), TWO);
    assertThat(old.next()).isZero();
    MapResults<Long> fresh =
        context.processMap(MapContract::square, numbers(5000), TWO.fresh(true));
    assertThat(listOf(fresh)).isEqualTo(squares(5000));
    assertThat(listOf(old)).isEqualTo(squares(5000).subList(1, 5000));
  }

  @Test
  void shouldRefuseAFunctionThatCapturesWhatCanNotBeSent() {
    Object lock = new Object();
    assertThatThrownBy(
            () -> context.processMap((Integer n) -> lock.hashCode() + n, numbers(3), TWO))
        .isInstanceOf(TargetNotSerializableException.class)
        .hasMessageContaining("java.lang.Object");
    assertThat(context.workers()).isEmpty();
  }

  @Test
  void shouldRefuseWhatIsNoTask() {
    assertThatThrownBy(() -> context.pullResults("soup")).isInstanceOf(ZProcException.class);
    assertThatThrownBy(() -> context.pullResults("0-1a")).isInstanceOf(ZProcException.class);
    assertThatThrownBy(() -> TWO.count(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}
