package io.zproc.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zproc.Backend;
import io.zproc.Context;
import io.zproc.ManagedProcess;
import io.zproc.ProcessWaitException;
import io.zproc.StatelessTarget;
import io.zproc.ZProcTimeoutException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Waiting for all processes of a context, starting and stopping them, and closing it. */
public abstract class WaitingContract extends ProcessesContract {
  private static final int TRIES = 5;
  private static final Duration LATE = Duration.ofMillis(900);

  private static <R> StatelessTarget<R> after(long millis, R result) {
    return () -> {
      Thread.sleep(millis);
      return result;
    };
  }

  private static int failing() {
    throw new IllegalStateException("no");
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void shouldGiveAllResultsInTheOrderOfTheProcesses(Backend backend) {
    ctx.processStateless(on(backend), after(100, "slow"));
    ctx.processStateless(on(backend), after(0, null));
    ctx.process(on(backend), state -> 3);
    assertThat(ctx.awaitAll()).containsExactly("slow", null, 3);
    assertThat(ctx.awaitAll(SOON)).containsExactly("slow", null, 3);
  }

  /**
   * With threads, because the time that JVMs take to start varies. The best of some tries, as on a
   * busy machine any thread may sleep longer; none may be early.
   */
  @Test
  void shouldWaitForAllTogetherNoLongerThanTheTimeout() {
    Duration took = timeToTimeOut();
    for (int i = 1; i < TRIES && took.compareTo(LATE) > 0; i++) {
      took = timeToTimeOut();
    }
    assertThat(took).isLessThan(LATE);
  }

  private Duration timeToTimeOut() {
    try (Context fresh = builder().open()) {
      fresh.processStateless(on(Backend.THREAD), after(500, 1));
      fresh.processStateless(on(Backend.THREAD), after(1000, 2));
      long start = System.nanoTime();
      assertThatThrownBy(() -> fresh.awaitAll(Duration.ofMillis(600)))
          .isInstanceOf(ZProcTimeoutException.class);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertThat(took).isGreaterThan(Duration.ofMillis(599));
      assertThat(fresh.awaitAll()).containsExactly(1, 2);
      return took;
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void shouldGiveExceptionsInPlaceOfResultsWhenSafe(Backend backend) {
    ctx.processStateless(on(backend), WaitingContract::failing);
    ctx.processStateless(on(backend), after(0, "fine"));
    ctx.processStateless(on(backend), after(100_000, "late"));
    ctx.processes().get(1).await();
    List<Object> results = ctx.awaitAllSafely(Duration.ofSeconds(3));
    assertThat(results.get(0)).isInstanceOf(ProcessWaitException.class);
    assertThat(results.get(1)).isEqualTo("fine");
    assertThat(results.get(2)).isInstanceOf(ZProcTimeoutException.class);
    assertThatThrownBy(() -> ctx.awaitAll()).isInstanceOf(ProcessWaitException.class);
    assertThat(ctx.stopAll()).containsExactly(1, 0, -15);
    assertThat(ctx.awaitAllSafely().get(2)).isInstanceOf(ProcessWaitException.class);
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void shouldStartAllThatWereNotStarted(Backend backend) {
    ctx.processStateless(on(backend).start(false), after(0, 1));
    ctx.processStateless(on(backend), after(0, 2));
    ctx.startAll();
    ctx.startAll();
    assertThat(ctx.awaitAll()).containsExactly(1, 2);
  }

  @Test
  void shouldStopWhatWasNeverStarted() {
    ManagedProcess<Integer> process =
        ctx.processStateless(on(Backend.PROCESS).start(false), after(0, 1));
    assertThat(ctx.stopAll()).containsExactly(-15);
    assertThatThrownBy(process::start).hasMessageContaining("stopped before");
    assertThatThrownBy(process::await).isInstanceOf(ProcessWaitException.class);
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void shouldLetProcessesComeToTheirEndWhenClosingIsToldToWait(Backend backend) {
    try (Context waiting = builder().awaitOnClose(true).open()) {
      waiting.process(
          on(backend),
          state -> {
            Thread.sleep(300);
            return state.put("done", true);
          });
      waiting.processStateless(on(backend).start(false), after(0, 1));
    }
    assertThat(shared).containsEntry("done", true);
  }

  @Test
  void shouldStopProcessesWhenClosed() {
    ManagedProcess<Integer> process;
    try (Context closing = builder().open()) {
      process =
          closing.process(
              state -> {
                state.put("started", true);
                Thread.sleep(100_000);
                return 1;
              });
      // A JVM that is still starting may need more than what it is given until it is killed.
      shared.getWhenAvailable("started");
    }
    assertThat(isAlive(process.pid().getAsLong())).isFalse();
    assertThat(process.exitCode()).hasValue(-15);
  }
}
