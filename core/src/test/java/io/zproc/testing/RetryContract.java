package io.zproc.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zproc.Backend;
import io.zproc.ManagedProcess;
import io.zproc.ProcessOptions;
import io.zproc.ProcessWaitException;
import io.zproc.RemoteException;
import io.zproc.SignalException;
import io.zproc.Signals;
import io.zproc.State;
import io.zproc.WatchOptions;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Trying a target again, after exceptions and after signals. */
public abstract class RetryContract extends ProcessesContract {

  private static ProcessOptions retrying(Backend backend) {
    return on(backend).retryDelay(Duration.ofMillis(1));
  }

  static long failing(State<String, Object> state) throws IOException {
    throw new FileNotFoundException("run " + state.add("runs", 1));
  }

  /** Returns once it is run the third time. */
  static long failingTwice(State<String, Object> state) throws IOException {
    long runs = state.add("runs", 1);
    if (runs < 3) {
      throw new IOException("run " + runs);
    }
    return runs;
  }

  /** Tells its pid, and waits to be killed until it is run the third time. */
  static long waitingTwice(State<String, Object> state) {
    long runs = state.add("runs", 1);
    if (runs < 3) {
      state.put("pid", ProcessHandle.current().pid());
      state.getWhenEqual("never", 1);
    }
    return runs;
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void shouldRunOnceMoreThanTheLimit(Backend backend) {
    ProcessOptions options = retrying(backend).retryFor(IOException.class).maxRetries(5);
    ManagedProcess<Long> process = ctx.process(options, RetryContract::failing);
    assertThatThrownBy(process::await)
        .isInstanceOf(ProcessWaitException.class)
        .hasMessageContaining("run 6");
    assertThat(shared.get("runs")).isEqualTo(6L);
    assertThat(process.restarts()).isEqualTo(5);
    assertThat(process.exitCode()).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void shouldRetryWithoutALimitUntilItReturns(Backend backend) {
    ProcessOptions options = retrying(backend).retryFor(Exception.class);
    assertThat(ctx.process(options, RetryContract::failingTwice).await()).isEqualTo(3L);
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void shouldNotRetryOtherExceptions(Backend backend) {
    ProcessOptions options = retrying(backend).retryFor(IllegalStateException.class);
    ManagedProcess<Long> process = ctx.process(options, RetryContract::failing);
    assertThatThrownBy(process::await).isInstanceOf(ProcessWaitException.class);
    assertThat(shared.get("runs")).isEqualTo(1L);
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void shouldRunTheOtherTargetOnRetry(Backend backend) {
    String argument = "again";
    ProcessOptions options =
        retrying(backend)
            .retryFor(IOException.class)
            .onRetry(state -> argument + " " + state.get("runs"));
    ManagedProcess<Object> process = ctx.process(options, state -> failing(state));
    assertThat(process.await()).isEqualTo("again 1");
    assertThatThrownBy(() -> ctx.processStateless(options, () -> 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldWaitForTheDelayBeforeEachRetry() {
    ProcessOptions options =
        on(Backend.THREAD).retryFor(IOException.class).retryDelay(Duration.ofMillis(100));
    long start = System.nanoTime();
    ctx.process(options, RetryContract::failingTwice).await();
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(200));
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void shouldEndWhenStoppedBetweenTwoRetries(Backend backend) {
    ProcessOptions options = on(backend).retryFor(IOException.class);
    ManagedProcess<Long> process = ctx.process(options, RetryContract::failing);
    shared.getWhenEqual("runs", 1L);
    assertThat(process.isAlive()).isTrue();
    assertThat(process.stop()).isEqualTo(-15);
    assertThat(shared.get("runs")).isEqualTo(1L);
  }

  @Test
  void shouldStartAnotherProcessWhenTheSignalIsOneToRetryFor() {
    ProcessOptions options =
        retrying(Backend.PROCESS).retryForSignals(Signals.SIGTERM, Signals.SIGKILL);
    ManagedProcess<Long> process = ctx.process(options, RetryContract::waitingTwice);
    long first = pidOtherThan(0);
    ProcessHandle.of(first).orElseThrow().destroyForcibly();
    long second = pidOtherThan(first);
    ProcessHandle.of(second).orElseThrow().destroy();
    assertThat(process.await()).isEqualTo(3L);
    assertThat(process.restarts()).isEqualTo(2);
    assertThat(process.pid().getAsLong()).isNotIn(first, second);
  }

  private long pidOtherThan(long known) {
    return (Long)
        shared
            .getWhen(
                snapshot -> snapshot.get("pid") != null && !snapshot.get("pid").equals(known),
                WatchOptions.buffered().timeout(SOON))
            .get("pid");
  }

  @Test
  void shouldEndByTheSignalWhenTheLimitIsReached() {
    ProcessOptions options =
        retrying(Backend.PROCESS).retryForSignals(Signals.SIGKILL).maxRetries(1);
    ManagedProcess<Long> process = ctx.process(options, RetryContract::waitingTwice);
    long first = pidOtherThan(0);
    ProcessHandle.of(first).orElseThrow().destroyForcibly();
    ProcessHandle.of(pidOtherThan(first)).orElseThrow().destroyForcibly();
    assertThatThrownBy(process::await).isInstanceOf(ProcessWaitException.class);
    assertThat(process.exitCode()).hasValue(-9);
  }

  @Test
  void shouldTurnASignalIntoAnExceptionThatTheTargetCatches() {
    ManagedProcess<String> process =
        ctx.process(
            state -> {
              Signals.toException(Signals.SIGTERM);
              try {
                state.put("pid", ProcessHandle.current().pid());
                state.getWhenEqual("never", 1);
                return "nothing";
              } catch (SignalException e) {
                return "caught " + e.signal();
              }
            });
    ProcessHandle.of(pidOtherThan(0)).orElseThrow().destroy();
    assertThat(process.await()).isEqualTo("caught SIGTERM");
  }

  @Test
  void shouldRetryInTheSameProcessWhenTheSignalIsAnException() {
    ProcessOptions options =
        retrying(Backend.PROCESS).retryForSignals(Signals.SIGTERM).maxRetries(1);
    ManagedProcess<Long> process =
        ctx.process(
            options,
            state -> {
              Signals.toException(Signals.SIGTERM);
              state.put("pid", ProcessHandle.current().pid());
              state.add("runs", 1);
              Thread.sleep(100_000);
              return 0L;
            });
    ProcessHandle child = ProcessHandle.of(pidOtherThan(0)).orElseThrow();
    shared.getWhenEqual("runs", 1L);
    child.destroy();
    shared.getWhenEqual("runs", 2L);
    child.destroy();
    assertThatThrownBy(process::await)
        .isInstanceOf(ProcessWaitException.class)
        .cause()
        .isInstanceOf(RemoteException.class)
        .hasMessageContaining("SignalException");
    assertThat(process.exitCode()).hasValue(-15);
    assertThat(shared.get("pid")).isEqualTo(child.pid());
  }
}
