package io.zproc.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zproc.Backend;
import io.zproc.ManagedProcess;
import io.zproc.ProcessOptions;
import io.zproc.ProcessWaitException;
import io.zproc.Signals;
import io.zproc.SnapshotHandler;
import io.zproc.State;
import io.zproc.WatchOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Handlers that are called when something happens to the state, each in its own process. */
public abstract class CallWhenContract extends ProcessesContract {
  private static final String SEEN = "seen";

  /** Appends the key's value as the handler sees it to the list under {@code into}. */
  private static SnapshotHandler noting(String key, String into) {
    return (snapshot, state) -> note(state, into, snapshot.get(key));
  }

  private static void note(State<String, Object> state, String into, Object value) {
    state.atomic(
        tx -> {
          List<Object> seen = new ArrayList<>((List<?>) tx.getOrDefault(into, List.of()));
          seen.add(value);
          return tx.put(into, seen);
        });
  }

  private void awaitSeen(String into, Object... values) {
    shared.getWhenEqual(into, Arrays.asList(values), WatchOptions.buffered().timeout(SOON));
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void shouldMissNothingFromTheCallOnWhenBuffered(Backend backend) {
    ManagedProcess<Void> process =
        ctx.callWhenChange(List.of("n"), WatchOptions.buffered(), on(backend), noting("n", SEEN));
    for (int i = 0; i < 200; i++) {
      shared.put("n", i);
      shared.put("other", i);
    }
    awaitSeen(SEEN, IntStream.range(0, 200).boxed().toArray());
    assertThat(process.isAlive()).isTrue();
    assertThat(process.stop()).isEqualTo(-15);
  }

  @Test
  void shouldCallForKeysThatAreNotExcluded() {
    ctx.callWhenChange(
        List.of("a", SEEN),
        WatchOptions.buffered().excludeKeys(),
        on(Backend.THREAD),
        noting("b", SEEN));
    shared.put("a", 1);
    shared.put("b", 2);
    awaitSeen(SEEN, 2);
  }

  @Test
  void shouldCallForChangesOfAnyKeyWhenNoneIsNamed() {
    ctx.callWhenChange(
        List.of(),
        WatchOptions.buffered().timeout(SOON),
        on(Backend.THREAD),
        (snapshot, state) -> {
          if (snapshot.get("b") != null && !state.containsKey("two")) {
            state.put("two", snapshot.size());
          }
        });
    shared.put("a", 1);
    shared.put("b", 2);
    shared.getWhenEqual("two", 2, WatchOptions.buffered().timeout(SOON));
  }

  @Test
  void shouldCallForIdenticalCommitsOnlyWhenTold() {
    ctx.callWhenChange(
        List.of("a"), WatchOptions.buffered(), on(Backend.THREAD), noting("a", "changes"));
    ctx.callWhenChange(
        List.of("a"),
        WatchOptions.buffered().duplicateOkay(),
        on(Backend.THREAD),
        noting("a", "all"));
    shared.put("a", 1);
    shared.put("a", 1);
    shared.put("a", 2);
    awaitSeen("changes", 1, 2);
    awaitSeen("all", 1, 1, 2);
  }

  /** All in one, because each sibling takes a process: values of a key and who is called. */
  @Test
  void shouldCallEachSiblingForItsCondition() {
    ProcessOptions threads = on(Backend.THREAD);
    WatchOptions watch = WatchOptions.buffered();
    int two = 2;
    shared.put("n", two);
    ctx.callWhen(
        s -> s.get("n") instanceof Integer n && n > two, watch, threads, noting("n", "when"));
    ctx.callWhenEqual("n", two, watch, threads, noting("n", "equal"));
    ctx.callWhenNotEqual("n", two, watch, threads, noting("n", "notEqual"));
    ctx.callWhenNone("n", watch, threads, noting("n", "none"));
    ctx.callWhenNotNone("n", watch, threads, noting("n", "notNone"));
    ctx.callWhenAvailable("n", watch, threads, noting("n", "available"));
    for (Object value : new Object[] {3, null, two}) {
      shared.put("n", value);
    }
    shared.remove("n");
    shared.put("n", 4);
    awaitSeen("equal", two, two);
    awaitSeen("notEqual", 3, null, null, 4);
    awaitSeen("none", null, null);
    awaitSeen("notNone", two, 3, two, 4);
    awaitSeen("available", two, 3, null, two, 4);
    // Called for every commit while the condition holds, those of the others included.
    List<?> when =
        (List<?>)
            shared
                .getWhen(
                    s -> s.get("when") instanceof List<?> seen && seen.contains(4),
                    WatchOptions.buffered().timeout(SOON))
                .get("when");
    assertThat(when).allMatch(value -> value.equals(3) || value.equals(4));
  }

  @Test
  void shouldHaveShortFormsThatStartAProcess() {
    ctx.callWhenEqual("n", 1, noting("n", SEEN));
    ctx.callWhenChange("m", noting("m", "other"));
    shared.put("n", 1);
    shared.put("m", 2);
    awaitSeen(SEEN, 1);
    awaitSeen("other", 2);
    assertThat(ctx.processes()).allMatch(p -> p.pid().getAsLong() != ProcessHandle.current().pid());
  }

  @Test
  void shouldSeeOnlyWhatHappensWhileItWaitsWhenLive() {
    ctx.callWhenChange(
        List.of("n"),
        WatchOptions.live(),
        on(Backend.THREAD),
        (snapshot, state) -> {
          note(state, SEEN, snapshot.get("n"));
          state.getWhenAvailable("go", WatchOptions.live());
        });
    eventually(
        "the handler is called",
        () -> {
          shared.put("n", System.nanoTime());
          return shared.containsKey(SEEN);
        });
    shared.put("n", -1L);
    shared.put("go", true);
    eventually(
        "the handler is called again",
        () -> {
          shared.put("n", System.nanoTime());
          return ((List<?>) shared.get(SEEN)).size() > 1;
        });
    assertThat(((List<?>) shared.get(SEEN)).contains(-1L)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void shouldFailWhenTheHandlerIsNotCalledInTime(Backend backend) {
    WatchOptions watch = WatchOptions.buffered().timeout(Duration.ofMillis(50));
    ManagedProcess<Void> process = ctx.callWhenEqual("n", 1, watch, on(backend), noting("n", SEEN));
    assertThatThrownBy(process::await)
        .isInstanceOf(ProcessWaitException.class)
        .hasMessageContaining("ZProcTimeoutException");
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void shouldCallAgainForTheCommitThatFailedWhenRetried(Backend backend) {
    ProcessOptions options = on(backend).retryFor(IOException.class).retryDelay(Duration.ZERO);
    ctx.callWhenChange(
        List.of("n"),
        WatchOptions.buffered(),
        options,
        (snapshot, state) -> {
          note(state, SEEN, snapshot.get("n"));
          if (snapshot.get("n").equals(2) && state.add("failures", 1) == 1) {
            throw new IOException("the first time");
          }
        });
    for (int i = 1; i <= 3; i++) {
      shared.put("n", i);
    }
    awaitSeen(SEEN, 1, 2, 2, 3);
  }

  @Test
  void shouldGoOnWhereItWasKilled() {
    ProcessOptions options =
        on(Backend.PROCESS).retryForSignals(Signals.SIGKILL).retryDelay(Duration.ZERO);
    ManagedProcess<Void> process =
        ctx.callWhenChange(List.of("n"), WatchOptions.buffered(), options, noting("n", SEEN));
    shared.put("n", 1);
    shared.put("n", 2);
    awaitSeen(SEEN, 1, 2);
    // It may be killed before it has noted that it is done with 2: then it is called again for it.
    ProcessHandle.of(process.pid().getAsLong()).orElseThrow().destroyForcibly();
    shared.put("n", 3);
    List<?> seen =
        (List<?>)
            shared
                .getWhen(
                    s -> s.get(SEEN) instanceof List<?> list && list.contains(3),
                    WatchOptions.buffered().timeout(SOON))
                .get(SEEN);
    assertThat(seen.get(seen.size() - 1)).isEqualTo(3);
    assertThat(seen.stream().filter(n -> n.equals(1))).hasSize(1);
  }
}
