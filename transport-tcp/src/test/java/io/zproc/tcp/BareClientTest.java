package io.zproc.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.internal.jvm.JavaCommand;
import io.zproc.tcp.testing.RemoteServer;
import io.zproc.tcp.testing.RemoteWorker;
import java.io.BufferedReader;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client on a host that has neither Chronicle nor jeromq. */
@Timeout(60)
class BareClientTest {
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.matches(".*(transport-shm|openhft|jeromq|agrona|jnr|jffi).*"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Test
  void shouldWorkWhenTheClassPathHasCoreAndThisModuleAlone() throws Exception {
    assertThat(System.getProperty("java.class.path")).contains("jeromq", "chronicle-queue");
    assertThat(classPath()).contains("transport-tcp").doesNotContain("jeromq", "chronicle");
    try (RemoteServer server = RemoteServer.start(ServerBackend.THREAD, "key");
        Context context = server.open()) {
      Process process =
          JavaCommand.of(RemoteWorker.class.getName())
              .classPath(classPath())
              .shortLived()
              .arguments(server.address(), "key", "add", "0")
              .toProcessBuilder()
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
        assertThat(output.readLine()).isEqualTo("ready");
        assertThat(output.readLine()).isEqualTo("added 1");
        assertThat(context.state().getLong("added", 0)).isPositive();
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }
}
