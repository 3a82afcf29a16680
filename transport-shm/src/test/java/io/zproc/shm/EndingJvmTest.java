package io.zproc.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.Properties;
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

  /** Begins to end as Chronicle starts the thread whose class it is about to give up. */
  static final class InBetween {
    private InBetween() {}

    private static final class Trap extends Properties {
      private static final long serialVersionUID = 1L;

      @Override
      public String getProperty(String key) {
        if (key.equals("background.releaser.thread")) {
          new Thread(() -> System.exit(0)).start();
          while (!isEnding()) {
            Thread.onSpinWait();
          }
        }
        return super.getProperty(key);
      }
    }

    private static boolean isEnding() {
      try {
        Thread probe = new Thread(() -> {});
        Runtime.getRuntime().addShutdownHook(probe);
        Runtime.getRuntime().removeShutdownHook(probe);
        return false;
      } catch (IllegalStateException e) {
        return true;
      }
    }

    public static void main(String[] arguments) {
      State<String, Object> state = Context.open(arguments[0]).state();
      Properties trap = new Trap();
      trap.putAll(System.getProperties());
      System.setProperties(trap);
      Runtime.getRuntime().addShutdownHook(new Thread(InBetween::awaitOnlyMe));
      Late.readAll(state);
      System.out.println("read");
    }

    /** Until all that reads, and what Chronicle has started, has ended. */
    private static void awaitOnlyMe() {
      await()
          .until(
              () ->
                  Thread.getAllStackTraces().keySet().stream()
                      .noneMatch(
                          thread ->
                              thread.getName().equals("main")
                                  || thread.getName().startsWith("background~")));
    }
  }

  @Test
  void shouldReadAndPrintNothingElseWhenTheJvmBeginsToEndInBetween() throws Exception {
    assertThat(linesOf(InBetween.class, "")).containsExactly("read");
  }

  private static List<String> linesOf(String when) throws Exception {
    return linesOf(Late.class, when);
  }

  private static List<String> linesOf(Class<?> main, String when) throws Exception {
    try (Context context = SERVER.open()) {
      for (int i = 0; i < KEYS; i++) {
        context.state().put("key " + i, i);
      }
    }
    Process process =
        JavaCommand.of(main.getName())
            .systemProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn")
            .arguments(SERVER.address(), when)
            .toProcessBuilder()
            .redirectErrorStream(true)
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
