package io.zproc.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.tcp.testing.Protection;
import io.zproc.tcp.testing.RemoteServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whether the kernel asks hosts that say nothing whether they are still there. */
@Timeout(60)
class KeepAliveTest {
  /** Of both families: a socket of Java for IPv4 is one of IPv6. */
  private static final List<Path> CONNECTIONS =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

  private static final String ESTABLISHED = "01";
  private static final String KEEP_ALIVE = "02";
  private static final int TICKS_PER_SECOND = 100;

  /** The running timers of the gateway's connections: what for, and in how many ticks. */
  private static List<String> timers(int port) throws IOException {
    String local = String.format(Locale.ROOT, ":%04X", port);
    List<String> lines = new ArrayList<>();
    for (Path connections : CONNECTIONS) {
      lines.addAll(Files.readAllLines(connections));
    }
    return lines.stream()
        .map(line -> line.strip().split("\\s+"))
        .filter(field -> field[1].endsWith(local) && field[3].equals(ESTABLISHED))
        .map(field -> field[5])
        .toList();
  }

  @Test
  void shouldAskWithinHalfAMinuteWhenAClientSaysNothing() throws IOException {
    assumeTrue(
        CONNECTIONS.stream().allMatch(Files::isReadable),
        "SKIPPED: this system does not have " + CONNECTIONS);
    try (RemoteServer server = RemoteServer.startWith(Protection.PLAIN, ServerBackend.THREAD);
        Context context = server.open()) {
      assertThat(context.state().size()).isZero();
      await()
          .untilAsserted(
              () ->
                  assertThat(timers(server.port()))
                      .isNotEmpty()
                      .allMatch(timer -> timer.startsWith(KEEP_ALIVE)));
      for (String timer : timers(server.port())) {
        int ticks = Integer.parseInt(timer.substring(timer.indexOf(':') + 1), 16);
        assertThat(ticks).isLessThanOrEqualTo(31 * TICKS_PER_SECOND);
      }
    }
  }
}
