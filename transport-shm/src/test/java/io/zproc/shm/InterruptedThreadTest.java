package io.zproc.shm;

import static org.assertj.core.api.Assertions.assertThat;

import io.zproc.Context;
import io.zproc.Server;
import io.zproc.ServerBackend;
import io.zproc.ServerOptions;
import io.zproc.State;
import io.zproc.ZProc;
import io.zproc.shm.testing.TestServer;
import io.zproc.testing.TestDirectories;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Java closes the file that an interrupted thread opens; ours are open all the same. */
@Timeout(60)
class InterruptedThreadTest {
  private static final int ROUNDS = 30;
  private static final String LONG = "x".repeat(100_000);

  @RegisterExtension static final TestServer SERVER = TestServer.of(ServerBackend.PROCESS);

  @AfterEach
  void endTheInterrupt() {
    Thread.interrupted();
  }

  private static <T> T interrupted(Supplier<T> call) {
    Thread.currentThread().interrupt();
    T result = call.get();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    return result;
  }

  @ParameterizedTest
  @EnumSource(ServerBackend.class)
  void shouldOpenAndCloseAPrivateServerWhenInterrupted(ServerBackend backend) {
    Context context = interrupted(() -> Context.builder().serverBackend(backend).open());
    Path directory = Path.of(context.address().substring("ipc://".length()));
    interrupted(() -> context.state().put("a", LONG));
    assertThat(interrupted(() -> context.state().get("a"))).isEqualTo(LONG);
    interrupted(
        () -> {
          context.close();
          return null;
        });
    assertThat(Files.exists(directory)).isFalse();
  }

  @Test
  void shouldStartAServerInADirectoryWhenInterrupted() {
    Path directory = TestDirectories.next();
    ServerOptions options = ServerOptions.defaults().backend(ServerBackend.THREAD);
    try (Server server = interrupted(() -> ZProc.startServer("ipc://" + directory, options))) {
      Duration patience = Duration.ofSeconds(20);
      assertThat(interrupted(() -> ZProc.ping(server.address(), patience))).isEqualTo(server.pid());
    } finally {
      Thread.interrupted();
      TestDirectories.delete(directory);
    }
  }

  @Test
  void shouldReadAndWriteWhenInterruptsComeAllTheTime() throws InterruptedException {
    try (Context context = SERVER.open()) {
      context.state().put("long", LONG);
    }
    AtomicBoolean done = new AtomicBoolean();
    Thread reader = Thread.currentThread();
    Thread pest =
        new Thread(
            () -> {
              while (!done.get()) {
                reader.interrupt();
              }
            });
    pest.start();
    try {
      for (int round = 0; round < ROUNDS; round++) {
        try (Context context = SERVER.open()) {
          State<String, Object> state = context.state();
          assertThat(state.get("long")).isEqualTo(LONG);
          state.put("round", round);
          assertThat(state.get("round")).isEqualTo(round);
        }
      }
    } finally {
      done.set(true);
      while (pest.isAlive()) {
        Thread.interrupted();
        Thread.onSpinWait();
      }
    }
  }
}
