package io.zproc.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.zproc.Context;
import io.zproc.MapOptions;
import io.zproc.MapResults;
import io.zproc.SessionLostException;
import io.zproc.ZProcException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Maps of a context whose server gets another state, whatever the transport. */
@Timeout(60)
public abstract class ReplacedMapContract {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final MapOptions TWO = MapOptions.defaults().count(2);

  /** A client of the server under test. */
  protected abstract Context openContext();

  /** Stops the server, and starts another one at its address, with an empty state. */
  protected abstract void replaceState();

  private static long square(int n) {
    return (long) n * n;
  }

  private static long slowSquare(int n) throws InterruptedException {
    Thread.sleep(2); // is work
    return square(n);
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static List<Long> squares(int count) {
    return LongStream.range(0, count).map(n -> n * n).boxed().toList();
  }

  private static <T> List<T> listOf(Iterator<T> results) {
    List<T> list = new ArrayList<>();
    results.forEachRemaining(list::add);
    return list;
  }

  /** The first command that finds the other state may be refused, to tell of it. */
  private static MapResults<Long> begin(Context context) {
    try {
      return context.processMap(ReplacedMapContract::square, numbers(500), TWO);
    } catch (SessionLostException e) {
      assertThat(e).hasMessageContaining("another state");
      return context.processMap(ReplacedMapContract::square, numbers(500), TWO);
    }
  }

  /** Nothing of maps; the record of a stopped worker may stay, see the decisions. */
  private static void assertMapsAndLeavesNothing(Context context, Context observer) {
    assertThat(listOf(begin(context))).isEqualTo(squares(500));
    assertThat(context.workers()).hasSizeGreaterThanOrEqualTo(2);
    context.close();
    for (String namespace : List.of("zproc.map", "zproc.map.bells")) {
      await(namespace)
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(observer.state(namespace, String.class, byte[].class).keySet())
                      .isEmpty());
    }
  }

  @Test
  void shouldTellWhoPullsAndDoTheNextMapWhenTheStateIsAnother() {
    try (Context context = openContext()) {
      MapResults<Long> results =
          context.processMap(ReplacedMapContract::slowSquare, numbers(10_000), TWO.chunkSize(1));
      assertThat(results.next()).isZero();
      replaceState();
      assertThatThrownBy(() -> listOf(results))
          .isInstanceOf(ZProcException.class)
          .message()
          .containsAnyOf("another state", "no map task");
      try (Context observer = openContext()) {
        assertMapsAndLeavesNothing(context, observer);
      }
    }
  }

  @Test
  void shouldDoTheNextMapWhenTheStateIsAnotherSinceTheLast() {
    try (Context context = openContext()) {
      assertThat(listOf(begin(context))).isEqualTo(squares(500));
      replaceState();
      try (Context observer = openContext()) {
        assertMapsAndLeavesNothing(context, observer);
      }
    }
  }
}
