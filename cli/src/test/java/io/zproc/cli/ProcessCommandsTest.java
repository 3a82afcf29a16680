package io.zproc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zproc.Backend;
import io.zproc.Context;
import io.zproc.ManagedProcess;
import io.zproc.ProcessOptions;
import io.zproc.ProcessWaitException;
import io.zproc.ServerBackend;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProcessCommandsTest {
  private static final ProcessOptions THREAD = ProcessOptions.defaults().backend(Backend.THREAD);

  private static Context context;

  /** What {@code zproc run} is to run. */
  public static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      if (arguments[0].equals("--fail")) {
        throw new IllegalStateException("as told");
      }
      context.state().put("arguments", String.join(" ", arguments));
    }
  }

  @BeforeAll
  static void start() {
    context = Context.builder().serverBackend(ServerBackend.THREAD).open();
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  static int failing() {
    throw new IllegalStateException("no");
  }

  @Test
  void shouldListProcessesWithTheirEnds() {
    String returned = context.processStateless(THREAD, () -> 1).id();
    String failed = context.processStateless(THREAD, ProcessCommandsTest::failing).id();
    context.awaitAllSafely();
    String waiting =
        context
            .process(
                THREAD,
                state -> {
                  state.put("here", true);
                  return state.getWhenEqual("never", 1).size();
                })
            .id();
    context.state().getWhenAvailable("here");
    context.processStateless(THREAD.start(false), () -> 1);
    String here = Long.toString(ProcessHandle.current().pid());
    Outcome all = Outcome.of("ps", "-a", context.address());
    assertThat(all.status()).isEqualTo(ExitCode.OK);
    assertThat(all.out().lines().map(line -> line.split(" +")))
        .containsExactly(
            new String[] {"ID", "PID", "STATE", "RESTARTS", "EXIT", "TARGET"},
            new String[] {
              returned,
              here,
              "returned",
              "0",
              "0",
              "ProcessCommandsTest.shouldListProcessesWithTheirEnds"
            },
            new String[] {failed, here, "failed", "0", "1", "ProcessCommandsTest::failing"},
            new String[] {
              waiting, here, "running", "0", "ProcessCommandsTest.shouldListProcessesWithTheirEnds"
            });
    Outcome running = Outcome.of("ps", "-a", context.address(), "--running", "--json");
    assertThat(running.out())
        .contains(waiting, "\"state\":\"RUNNING\"", "\"exitCode\":null")
        .doesNotContain(failed);
    assertThat(context.stopAll()).containsExactly(0, 1, -15, -15);
    assertThat(Outcome.of("ps", "-a", context.address()).out())
        .containsPattern(waiting + ".*stopped +0 +-15");
  }

  private static Object parent(Context own) {
    own.state().put("child", own.process(state -> state.getWhenEqual("never", 1)).id());
    return own.state().getWhenEqual("never", 1);
  }

  @Test
  void shouldTellThatAProcessIsLostWhenItsParentWasKilled() {
    try (Context server = Context.builder().serverBackend(ServerBackend.THREAD).open()) {
      ManagedProcess<Object> parent = server.processWithContext(ProcessCommandsTest::parent);
      Object child = server.state().getWhenAvailable("child").get("child");
      ProcessHandle.of(parent.pid().getAsLong()).orElseThrow().destroyForcibly();
      assertThatThrownBy(parent::await).isInstanceOf(ProcessWaitException.class);
      assertThat(Outcome.of("ps", "-a", server.address()).out())
          .containsPattern(child + " +\\d+ +lost");
      assertThat(Outcome.of("ps", "-a", server.address(), "--json").out())
          .contains("\"lost\":true", "\"lost\":false");
      assertThat(Outcome.of("ps", "-a", server.address(), "--running").out())
          .doesNotContain(child.toString());
    }
  }

  @Test
  void shouldRunAClassWithItsArguments() {
    assertThat(Outcome.of("run", Program.class.getName(), "a", "-b", "--json").status())
        .isEqualTo(ExitCode.OK);
    assertThat(context.state().get("arguments")).isEqualTo("a -b --json");
  }

  @Test
  void shouldTellWhatAClassThrew() {
    Outcome failed = Outcome.of("run", Program.class.getName(), "--fail");
    assertThat(failed.status()).isEqualTo(ExitCode.FAILURE);
    assertThat(failed.err()).contains("IllegalStateException: as told", "Program.main");
  }

  @Test
  void shouldTellWhenThereIsNothingToRun() {
    assertThat(Outcome.of("run", "NoSuchExample"))
        .matches(outcome -> outcome.status() == ExitCode.USAGE)
        .matches(outcome -> outcome.err().contains("io.zproc.examples.NoSuchExample"));
    assertThat(Outcome.of("run", "java.lang.String").status()).isEqualTo(ExitCode.USAGE);
  }
}
