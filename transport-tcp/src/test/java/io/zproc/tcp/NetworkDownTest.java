package io.zproc.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zproc.Context;
import io.zproc.Server;
import io.zproc.ServerBackend;
import io.zproc.ServerOptions;
import io.zproc.State;
import io.zproc.ZProc;
import io.zproc.tcp.testing.Commands;
import io.zproc.tcp.testing.RemoteProcess;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two hosts, which are network namespaces of this one, and a cable between them. */
@Timeout(110)
class NetworkDownTest {
  private static final String SECRET = "a secret";
  private static final Duration OUTAGE = Duration.ofSeconds(10);

  private final String host = "zproc" + ProcessHandle.current().pid() % 100_000;
  private final String here = "zpa" + ProcessHandle.current().pid() % 100_000;
  private final String there = "zpb" + ProcessHandle.current().pid() % 100_000;

  /** Makes the other host. */
  private void connect() {
    String refusal = Commands.tryRun("ip", "netns", "add", host);
    assumeTrue(refusal == null, "SKIPPED: network namespaces are not allowed here: " + refusal);
    Commands.run("ip", "link", "add", here, "type", "veth", "peer", "name", there);
    Commands.run("ip", "link", "set", there, "netns", host);
    Commands.run("ip", "address", "add", "10.231.17.1/30", "dev", here);
    Commands.run("ip", "link", "set", here, "up");
    Commands.run(
        "ip", "netns", "exec", host, "ip", "address", "add", "10.231.17.2/30", "dev", there);
    Commands.run("ip", "netns", "exec", host, "ip", "link", "set", there, "up");
  }

  @AfterEach
  void disconnect() {
    Commands.tryRun("ip", "link", "delete", here);
    Commands.tryRun("ip", "netns", "delete", host);
  }

  @Test
  void shouldGoOnWithoutGapOrRepeatWhenTheLinkWasDownForTenSeconds() throws Exception {
    connect();
    ServerOptions options =
        ServerOptions.defaults().backend(ServerBackend.THREAD).secretKey(SECRET);
    List<String> onOtherHost = List.of("ip", "netns", "exec", host);
    try (Server server = ZProc.startServer("tcp://10.231.17.1:0", options);
        Context context = Context.builder().address(server.address()).secretKey(SECRET).open();
        RemoteProcess watcher =
            RemoteProcess.start(onOtherHost, server.address(), SECRET, "watch", 0);
        RemoteProcess adder =
            RemoteProcess.start(onOtherHost, server.address(), SECRET, "add", 0)) {
      State<String, Object> state = context.state();
      put(state, 1, 50);
      saw(watcher, 1, 50);
      Commands.run("ip", "link", "set", here, "down");
      put(state, 51, 100);
      Thread.sleep(OUTAGE.toMillis());
      Commands.run("ip", "link", "set", here, "up");
      put(state, 101, 150);
      saw(watcher, 51, 150);
      long added = state.getLong("added", 0);
      await().atMost(Duration.ofSeconds(20)).until(() -> state.getLong("added", 0) > added + 10);
      int told = adder.waiting();
      for (long sum = 1; sum <= told; sum++) {
        assertThat(adder.await("added")).isEqualTo(Long.toString(sum));
      }
    }
  }

  private static void put(State<String, Object> state, long first, long last) {
    for (long n = first; n <= last; n++) {
      state.put("n", n);
    }
  }

  private static void saw(RemoteProcess watcher, long first, long last) {
    for (long n = first; n <= last; n++) {
      assertThat(watcher.await("saw")).isEqualTo(Long.toString(n));
    }
  }
}
