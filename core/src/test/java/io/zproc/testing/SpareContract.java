package io.zproc.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.zproc.Context;
import io.zproc.ManagedProcess;
import io.zproc.ProcessOptions;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Warm spare processes. */
public abstract class SpareContract extends ProcessesContract {

  private static Set<Long> children() {
    return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
  }

  @Test
  void shouldTakeAWarmProcessAndReplaceIt() {
    Set<Long> before = children();
    try (Context spares = builder().spareProcesses(1).open()) {
      eventually("a spare is warm", () -> spares.warmSpares() == 1);
      Set<Long> spare = children();
      spare.removeAll(before);
      ManagedProcess<Long> process = spares.process(state -> state.add("n", 5));
      assertThat(spare).containsExactly(process.pid().getAsLong());
      assertThat(process.await()).isEqualTo(5L);
      ProcessOptions special = ProcessOptions.defaults().jvmFlags("-Dfruit=apple");
      assertThat(spares.processStateless(special, () -> System.getProperty("fruit")).await())
          .isEqualTo("apple");
      eventually("another is warm", () -> spares.warmSpares() == 1);
      eventually("nothing is left to do", SpareContract::isIdle);
      Set<Long> dead = children();
      dead.removeAll(before);
      dead.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
      eventually("it is dead", () -> dead.stream().noneMatch(SpareContract::isAlive));
      eventually("one follows the dead one", () -> spares.warmSpares() == 1);
      assertThat(spares.process(state -> state.add("n", 1)).await()).isEqualTo(6L);
    }
    assertThat(children()).isSubsetOf(before);
  }

  /** The pool starts a spare at once, so some of these are closed while that happens. */
  @Test
  void shouldLeaveNothingWhenClosedWhileASpareIsStarted() {
    Set<Long> before = children();
    for (int i = 0; i < 20; i++) {
      Context spares = builder().spareProcesses(1).open();
      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200 * i));
      spares.close();
      assertThat(children()).isSubsetOf(before);
    }
  }

  /** It is stopped, so that it is alive when it is taken, but does not read. */
  @Test
  void shouldStartAnotherWhenTheSpareIsKilledBeforeItHasItsJob() throws Exception {
    Set<Long> before = children();
    try (Context spares = builder().spareProcesses(1).open()) {
      eventually("a spare is warm", () -> spares.warmSpares() == 1);
      Set<Long> spare = children();
      spare.removeAll(before);
      long pid = spare.iterator().next();
      signal(pid, "-STOP");
      ManagedProcess<Long> process = spares.process(state -> state.add("n", 5));
      assertThat(process.pid()).hasValue(pid);
      signal(pid, "-KILL");
      assertThat(process.await()).isEqualTo(5L);
      assertThat(process.pid().getAsLong()).isNotEqualTo(pid);
      assertThat(process.restarts()).isZero();
    }
  }

  /** Whether who starts spares waits for whatever happens next, rather than for a moment. */
  private static boolean isIdle() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("zproc-spares"))
        .allMatch(thread -> thread.getState() == Thread.State.WAITING);
  }

  private static void signal(long pid, String signal) throws Exception {
    int status = new ProcessBuilder("kill", signal, Long.toString(pid)).start().waitFor();
    assertThat(status).isZero();
  }
}
