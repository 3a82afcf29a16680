package io.zproc.internal.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zproc.Context;
import io.zproc.State;
import io.zproc.ZProc;
import io.zproc.testing.FakeServer;
import io.zproc.testing.FakeTransport;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A turn is given back in every way out. */
@Timeout(60)
class TurnTest {
  private final FakeServer server =
      FakeTransport.server(ZProc.startServer("mem://TurnTest").address());
  private final Context context = Context.open(server.address());
  private final Context otherContext = Context.open(server.address());
  private final State<String, Object> state = context.state();
  private final State<String, Object> other = otherContext.state();

  @AfterEach
  void close() {
    context.close();
    otherContext.close();
    server.close();
    FakeTransport.forget(server.address());
  }

  @Test
  void shouldGiveTheTurnBackWhenExclusiveFunctionEnds() {
    state.atomicExclusive(
        tx -> {
          assertThat(server.isTurnTaken()).isTrue();
          return tx.put("a", 1);
        });
    assertThat(server.isTurnTaken()).isFalse();
    state.atomicExclusive(tx -> tx.get("a"));
    assertThat(server.isTurnTaken()).isFalse();
    assertThatThrownBy(
            () ->
                state.atomicExclusive(
                    tx -> {
                      throw new IllegalStateException();
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(server.isTurnTaken()).isFalse();
    assertThatThrownBy(() -> state.atomicExclusive(tx -> tx.put("a", new Object())))
        .hasMessageContaining("java.lang.Object");
    assertThat(server.isTurnTaken()).isFalse();
  }

  @Test
  void shouldTakeTheTurnAfterThreeConflictsAndGiveItBack() {
    AtomicInteger runs = new AtomicInteger();
    state.compute(
        "a",
        (k, old) -> {
          if (runs.incrementAndGet() <= 3) {
            assertThat(server.isTurnTaken()).isFalse();
            other.put("a", runs.get());
          } else {
            assertThat(server.isTurnTaken()).isTrue();
          }
          return (int) old(old) + 10;
        });
    assertThat(runs).hasValue(4);
    assertThat(server.isTurnTaken()).isFalse();
    assertThat(state.get("a")).isEqualTo(13);
  }

  @Test
  void shouldGiveTheTurnBackWhenNothingIsWrittenOrTheFunctionThrows() {
    AtomicInteger runs = new AtomicInteger();
    state.compute("a", (k, old) -> interfered(runs) ? 1 : null);
    assertThat(server.isTurnTaken()).isFalse();
    runs.set(0);
    assertThatThrownBy(
            () ->
                state.atomic(
                    tx -> {
                      tx.get("a");
                      if (!interfered(runs)) {
                        throw new IllegalStateException("mine");
                      }
                      return tx.put("b", 1);
                    }))
        .hasMessage("mine");
    assertThat(runs).hasValue(4);
    assertThat(server.isTurnTaken()).isFalse();
  }

  private boolean interfered(AtomicInteger runs) {
    boolean early = runs.incrementAndGet() <= 3;
    if (early) {
      other.put("a", "interfered");
    }
    return early;
  }

  private static Object old(Object value) {
    return value == null ? 0 : value;
  }
}
