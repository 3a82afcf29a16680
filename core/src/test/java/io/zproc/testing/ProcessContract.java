package io.zproc.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zproc.Backend;
import io.zproc.Context;
import io.zproc.ManagedProcess;
import io.zproc.ProcessOptions;
import io.zproc.ProcessTarget;
import io.zproc.ProcessWaitException;
import io.zproc.RemoteException;
import io.zproc.State;
import io.zproc.TargetNotSerializableException;
import io.zproc.ZProcException;
import io.zproc.ZProcTimeoutException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Starting processes, what they are given, and what they give back. */
public abstract class ProcessContract extends ProcessesContract {

  /** Serializable itself, but not what it holds. */
  private static final class Order implements Serializable {
    private static final long serialVersionUID = 1L;
    private final Thread owner = Thread.currentThread();
  }

  static String throwing(State<String, Object> state) {
    throw new UncheckedIOException("outer", new IOException("inner"));
  }

  static long nested(Context context, int depth, Backend backend) {
    if (depth == 0) {
      return context.state().add("leaves", 1);
    }
    return context
        .processWithContext(on(backend), deeper -> nested(deeper, depth - 1, backend))
        .await();
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void shouldReturnWhatTheTargetMakesOfStateAndArguments(Backend backend) {
    int base = 2;
    Map<String, Integer> exponents = new TreeMap<>(Map.of("exp", 10));
    shared.put("factor", 3);
    ManagedProcess<Integer> process =
        ctx.process(
            on(backend),
            state -> {
              int power = 1;
              for (int i = 0; i < exponents.get("exp"); i++) {
                power *= base;
              }
              state.put("power", power);
              return power * (Integer) state.get("factor");
            });
    assertThat(process.await()).isEqualTo(3072);
    assertThat(process.await(Duration.ZERO)).isEqualTo(3072);
    assertThat(shared.get("power")).isEqualTo(1024);
    assertThat(process.isAlive()).isFalse();
    assertThat(process.exitCode()).hasValue(0);
    assertThat(process.restarts()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void shouldRunInItsOwnProcessUnlessItIsAThread(Backend backend) {
    long here = ProcessHandle.current().pid();
    ManagedProcess<Long> process =
        ctx.processStateless(on(backend), () -> ProcessHandle.current().pid());
    assertThat(process.await() == here).isEqualTo(backend == Backend.THREAD);
    assertThat(process.pid()).hasValue(process.await());
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void shouldReturnCollectionsThatWereReadFromTheState(Backend backend) {
    shared.put("list", List.of(1, Map.of("a", List.of("b"))));
    assertThat(ctx.<Object>process(on(backend), state -> state.get("list")).await())
        .isEqualTo(List.of(1, Map.of("a", List.of("b"))));
  }

  @Test
  void shouldRunManyOneAfterTheOtherOnThreads() {
    runOneAfterTheOther(Backend.THREAD, 100);
  }

  /** The reference's 250 are in the acceptance tests. */
  @Test
  void shouldRunSeveralOneAfterTheOtherInProcesses() {
    runOneAfterTheOther(Backend.PROCESS, 8);
  }

  private void runOneAfterTheOther(Backend backend, int count) {
    for (int i = 0; i < count; i++) {
      int number = i;
      ManagedProcess<String> process =
          ctx.process(on(backend), state -> number + " of " + state.add("count", 1));
      assertThat(process.await()).isEqualTo(number + " of " + (number + 1));
    }
    assertThat(ctx.processes()).hasSize(count).allMatch(process -> !process.isAlive());
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void shouldStartLaterWhenTold(Backend backend) {
    ManagedProcess<Long> process =
        ctx.process(on(backend).start(false), state -> state.add("started", 1));
    assertThat(process.isAlive()).isFalse();
    assertThat(process.pid()).isEmpty();
    assertThat(process.exitCode()).isEmpty();
    assertThatThrownBy(process::await)
        .isInstanceOf(ZProcException.class)
        .hasMessageContaining("not started");
    assertThat(process.start()).isEqualTo(process.pid().getAsLong());
    assertThat(process.await()).isEqualTo(1L);
    assertThatThrownBy(process::start).isInstanceOf(ZProcException.class);
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void shouldMakeSeveralOfEachTarget(Backend backend) {
    ProcessTarget<String> one = state -> "one " + state.add("one", 1);
    ProcessTarget<String> two = state -> "two " + state.add("two", 1);
    List<String> results = new ArrayList<>();
    for (ManagedProcess<String> process : ctx.processFactory(on(backend), 2, one, two)) {
      results.add(process.await());
    }
    assertThat(results.subList(0, 2)).containsExactlyInAnyOrder("one 1", "one 2");
    assertThat(results.subList(2, 4)).containsExactlyInAnyOrder("two 1", "two 2");
  }

  @Test
  void shouldUseTheDefaultsOfTheContextWhereOptionsSayNothing() {
    try (Context threads = builder().processDefaults(on(Backend.THREAD).start(false)).open()) {
      long here = ProcessHandle.current().pid();
      ManagedProcess<Long> defaults = threads.processStateless(() -> ProcessHandle.current().pid());
      assertThat(defaults.pid()).isEmpty();
      defaults.start();
      assertThat(defaults.await()).isEqualTo(here);
      ManagedProcess<Long> started =
          threads.processStateless(
              ProcessOptions.defaults().start(true), () -> ProcessHandle.current().pid());
      assertThat(started.await()).isEqualTo(here);
    }
  }

  @Test
  void shouldPassJvmFlags() {
    ProcessOptions options = ProcessOptions.defaults().jvmFlags("-Dfruit=apple", "-Xmx64m");
    assertThat(ctx.processStateless(options, () -> System.getProperty("fruit")).await())
        .isEqualTo("apple");
  }

  @Test
  void shouldNestProcessesAndLeaveNoneOf5Levels() {
    Set<Long> before = descendants();
    for (int i = 1; i <= 2; i++) {
      assertThat(nested(ctx, 5, Backend.PROCESS)).isEqualTo(i);
    }
    eventually("no process is left", () -> before.containsAll(descendants()));
  }

  private static Set<Long> descendants() {
    return ProcessHandle.current()
        .descendants()
        .map(ProcessHandle::pid)
        .collect(Collectors.toSet());
  }

  @Test
  void shouldNestThreadsOftenIn5Levels() {
    for (int i = 1; i <= 20; i++) {
      assertThat(nested(ctx, 5, Backend.THREAD)).isEqualTo(i);
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void shouldStopWhatATargetHasStartedWhenItReturns(Backend backend) {
    long child =
        ctx.processWithContext(
                on(backend),
                inner ->
                    inner
                        .processStateless(
                            () -> {
                              Thread.sleep(100_000);
                              return null;
                            })
                        .pid()
                        .getAsLong())
            .await();
    eventually("the inner process ends", () -> !isAlive(child));
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void shouldNameWhatCanNotTravelBeforeAnythingStarts(Backend backend) {
    List<Object> basket = new ArrayList<>(List.of(new Order()));
    ProcessTarget<Integer> target = state -> basket.size();
    assertThatThrownBy(() -> ctx.process(on(backend), target))
        .isInstanceOf(TargetNotSerializableException.class)
        .hasMessageContaining("java.lang.Thread")
        .hasMessageContaining("captured argument 1, an element, field 'owner' of")
        .hasMessageContaining("Order");
    assertThatThrownBy(() -> ctx.process(on(backend), state -> toString()))
        .isInstanceOf(TargetNotSerializableException.class)
        .hasMessageContaining("'this'")
        .hasMessageContaining(getClass().getName());
    assertThatThrownBy(() -> ctx.process(on(backend).onRetry(target), state -> 1))
        .isInstanceOf(TargetNotSerializableException.class);
    assertThat(ctx.processes()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void shouldTellWhatTheTargetThrew(Backend backend) {
    ManagedProcess<String> process = ctx.process(on(backend), ProcessContract::throwing);
    ProcessWaitException thrown = catchThrowableOfType(ProcessWaitException.class, process::await);
    assertThat(thrown)
        .hasMessageContaining("ProcessContract::throwing")
        .hasMessageContaining("outer");
    assertThat(thrown.exitCode()).isEqualTo(1);
    assertThat(thrown.process()).isSameAs(process);
    RemoteException remote = (RemoteException) thrown.getCause();
    assertThat(remote.className()).isEqualTo(UncheckedIOException.class.getName());
    assertThat(remote.remoteMessage()).isEqualTo("outer");
    assertThat(remote.getStackTrace()[0].getMethodName()).isEqualTo("throwing");
    assertThat(remote.getCause()).hasMessage("java.io.IOException: inner");
    assertThat(process.exitCode()).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void shouldTellWhenTheResultCanNotTravel(Backend backend) {
    assertThatThrownBy(() -> ctx.<Object>processStateless(on(backend), Object::new).await())
        .isInstanceOf(ProcessWaitException.class)
        .hasMessageContaining("java.lang.Object");
    assertThatThrownBy(() -> ctx.processStateless(on(backend), () -> new byte[20 << 20]).await())
        .isInstanceOf(ProcessWaitException.class)
        .hasMessageContaining("ValueTooLongException");
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void shouldTakeTheResultOfATargetThatClosesItsContext(Backend backend) {
    ManagedProcess<Integer> process =
        ctx.processWithContext(
            on(backend),
            mine -> {
              mine.close();
              return 7;
            });
    assertThat(process.await()).isEqualTo(7);
  }

  @Test
  void shouldTellTheExitCodeOfATargetThatExits() {
    ManagedProcess<Object> process =
        ctx.processStateless(
            () -> {
              System.exit(3);
              return null;
            });
    assertThatThrownBy(process::await)
        .isInstanceOf(ProcessWaitException.class)
        .hasMessageContaining("exit code 3 without a result");
    assertThat(process.exitCode()).hasValue(3);
  }

  @Test
  void shouldTellAtOnceWhenAProcessIsKilled() {
    ManagedProcess<Object> process = ctx.process(state -> state.getWhenEqual("never", 1));
    ProcessHandle.of(process.pid().getAsLong()).orElseThrow().destroyForcibly();
    long start = System.nanoTime();
    ProcessWaitException thrown = catchThrowableOfType(ProcessWaitException.class, process::await);
    assertThat(thrown.exitCode()).isEqualTo(-9);
    assertThat(thrown).hasMessageContaining("signal 9");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void shouldStopAProcessThatWaitsForTheState(Backend backend) {
    ManagedProcess<Object> process =
        ctx.process(
            on(backend),
            state -> {
              state.put("here", true);
              return state.getWhenEqual("never", 1).size();
            });
    shared.getWhenAvailable("here");
    assertThat(process.isAlive()).isTrue();
    assertThatThrownBy(() -> process.await(BRIEFLY))
        .isInstanceOf(ZProcTimeoutException.class)
        .hasMessageContaining(process.id());
    assertThat(process.stop()).isEqualTo(-15);
    assertThat(process.stop()).isEqualTo(-15);
    assertThat(process.isAlive()).isFalse();
    assertThatThrownBy(process::await).isInstanceOf(ProcessWaitException.class);
  }

  @Test
  void shouldCopyWhatAProcessPrintsLineByLine() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      ctx.processStateless(
              () -> {
                System.out.print("half ");
                System.out.println("a line, ünd one");
                System.out.print("the rest");
                return null;
              })
          .await();
    } finally {
      System.setOut(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("half a line, ünd one\n")
        .endsWith("the rest");
  }

  @Test
  void shouldTellNothingOnTheCommandLine() throws IOException {
    String captured = "captured-words";
    ManagedProcess<Object> process =
        ctx.process(
            state -> {
              state.put("here", captured);
              return state.getWhenEqual("never", 1).size();
            });
    shared.getWhenAvailable("here");
    // Java tells no arguments of a process whose command line is longer than a page.
    Path commandLine = Path.of("/proc/" + process.pid().getAsLong() + "/cmdline");
    assumeTrue(Files.exists(commandLine), "needs /proc");
    assertThat(Files.readString(commandLine))
        .contains("ChildMain")
        .doesNotContain(captured)
        .doesNotContain(ctx.address());
  }
}
