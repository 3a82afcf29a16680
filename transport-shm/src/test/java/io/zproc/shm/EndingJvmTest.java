package io.zproc.shm;

import static org.assertj.core.api.Assertions.assertThat;

import io.zproc.ClosedException;
import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.State;
import io.zproc.Watch;
import io.zproc.WatchOptions;
import io.zproc.internal.jvm.JavaCommand;
import io.zproc.shm.testing.TestServer;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A process whose shutdown hooks use a state. */
@Timeout(60)
class EndingJvmTest {
  /** More than are read without opening a map. */
  private static final int KEYS = 100;

  @RegisterExtension static final TestServer SERVER = TestServer.of(ServerBackend.THREAD);

  /** Uses a state for the first time, or once more, when this JVM is ending. */
  static final class Late {
    private Late() {}

    public static void main(String[] arguments) {
      State<String, Object> state = Context.open(arguments[0]).state();
      Watch<String, Object> watch = state.watch(WatchOptions.buffered().fromRevision(0));
      Consumer<String> use =
          when -> {
            say(when + " value", () -> readAll(state));
            say(when + " event", watch::next);
          };
      if (arguments[1].equals("before")) {
        use.accept("early");
      }
      Runtime.getRuntime().addShutdownHook(new Thread(() -> use.accept("late")));
      System.exit(0);
    }

    private static void readAll(State<String, Object> state) {
      for (int i = 0; i < KEYS; i++) {
        assertThat(state.get("key " + i)).isEqualTo(i);
      }
    }

    private static void say(String what, Runnable read) {
      try {
        read.run();
        System.out.println(what);
      } catch (Throwable e) {
        System.out.println(e.getClass().getSimpleName());
      }
    }
  }

  @Test
  void shouldReadValuesForTheFirstTimeWhenTheJvmEnds() throws Exception {
    assertThat(linesOf("not before"))
        .containsExactly("late value", ClosedException.class.getSimpleName());
  }

  @Test
  void shouldGoOnReadingWhenTheJvmEnds() throws Exception {
    assertThat(linesOf("before"))
        .containsExactly("early value", "early event", "late value", "late event");
  }

  private static List<String> linesOf(String when) throws Exception {
    try (Context context = SERVER.open()) {
      for (int i = 0; i < KEYS; i++) {
        context.state().put("key " + i, i);
      }
    }
    Process process =
        JavaCommand.of(Late.class.getName())
            .arguments(SERVER.address(), when)
            .toProcessBuilder()
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      List<String> lines = out.lines().toList();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return lines;
    } finally {
      process.destroyForcibly();
    }
  }
}
