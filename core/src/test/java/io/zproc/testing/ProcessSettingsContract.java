package io.zproc.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zproc.Backend;
import io.zproc.Context;
import io.zproc.ManagedProcess;
import io.zproc.ProcessWaitException;
import io.zproc.RemoteException;
import io.zproc.SignalException;
import io.zproc.Signals;
import io.zproc.State;
import io.zproc.codec.PlainCodec;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a process inherits from its context, and signals to targets that compute. */
public abstract class ProcessSettingsContract extends ProcessesContract {
  /** A type that a codec has to be told of. */
  public enum Light {
    GREEN,
    RED
  }

  /** Likewise. */
  public record Crossing(String street, Light light) {}

  @ParameterizedTest
  @EnumSource(Backend.class)
  void shouldKnowTheTypesThatWereRegisteredWithItsContext(Backend backend) {
    PlainCodec codec = PlainCodec.builder().register(Light.class).register(Crossing.class).build();
    try (Context typed = builder().codec(codec).open()) {
      typed.state().put("here", new Crossing("Main", Light.GREEN));
      typed.process(on(backend), ProcessSettingsContract::turnRed).await();
      assertThat(typed.state().get("here")).isEqualTo(new Crossing("Main", Light.RED));
    }
  }

  private static Object turnRed(State<String, Object> state) {
    Crossing here = (Crossing) state.get("here");
    state.put("here", new Crossing(here.street(), Light.RED));
    return null;
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void shouldWorkInTheNamespaceOfItsContext(Backend backend) {
    String seen = ctx.process(on(backend), State::namespace).await();
    assertThat(seen).isEqualTo(ctx.namespace());
  }

  @Test
  void shouldTakeTheDefaultsOfItsContextWhereItIsNotToldOtherwise() {
    try (Context threads = builder().processDefaults(on(Backend.THREAD)).open()) {
      long here = ProcessHandle.current().pid();
      assertThat(threads.processStateless(ProcessSettingsContract::pid).await()).isEqualTo(here);
      assertThat(
              threads.processStateless(on(Backend.PROCESS), ProcessSettingsContract::pid).await())
          .isNotEqualTo(here);
    }
  }

  private static long pid() {
    return ProcessHandle.current().pid();
  }

  @Test
  void shouldThrowTheSignalInATargetThatComputesWhenItChecks() {
    ManagedProcess<Object> computing =
        ctx.process(
            state -> {
              Signals.toException(Signals.SIGUSR2);
              state.put("ready", true);
              while (true) {
                Signals.check();
                Thread.onSpinWait();
              }
            });
    shared.getWhenEqual("ready", true);
    kill(computing, Signals.SIGUSR2);
    assertThatThrownBy(() -> computing.await(SOON))
        .isInstanceOf(ProcessWaitException.class)
        .cause()
        .isInstanceOfSatisfying(
            RemoteException.class,
            e -> assertThat(e.getMessage()).contains(SignalException.class.getSimpleName()));
  }

  private static void kill(ManagedProcess<?> process, Signals signal) {
    try {
      int exit =
          new ProcessBuilder(
                  "kill", "-" + signal.number(), Long.toString(process.pid().getAsLong()))
              .start()
              .waitFor();
      assertThat(exit).isZero();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Without a hook that ends them first, children learn of the end of their parent. */
  @Test
  void shouldLeaveNoChildWhenAParentWithoutCleanupExits() {
    String key = secretKey();
    ManagedProcess<Object> parent =
        ctx.processWithContext(context -> exitWithoutCleanup(context, key));
    eventually("the parent has ended", () -> !parent.isAlive());
    assertThat(parent.exitCode()).hasValue(0);
    long child = (Long) shared.get("child");
    eventually("the child has ended", () -> !isAlive(child));
  }

  private static Object exitWithoutCleanup(Context context, String secretKey) {
    Context own =
        Context.builder().address(context.address()).secretKey(secretKey).cleanup(false).open();
    ManagedProcess<Object> child =
        own.processStateless(
            () -> {
              Thread.sleep(Duration.ofMinutes(2).toMillis());
              return null;
            });
    context.state().put("child", child.pid().getAsLong());
    System.exit(0);
    return null;
  }
}
