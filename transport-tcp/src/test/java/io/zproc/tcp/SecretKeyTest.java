package io.zproc.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zproc.Context;
import io.zproc.ContextBuilder;
import io.zproc.Server;
import io.zproc.ServerBackend;
import io.zproc.ServerDownException;
import io.zproc.ServerOptions;
import io.zproc.ZProc;
import io.zproc.ZProcException;
import io.zproc.ZProcTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example of the documentation, and who else must stay outside. */
@Timeout(60)
class SecretKeyTest {
  private static final ServerOptions THREAD =
      ServerOptions.defaults().backend(ServerBackend.THREAD);
  private static final String ANY_PORT = "tcp://127.0.0.1:0";
  private static final Duration SHORT = Duration.ofMillis(600);

  private static ContextBuilder client(Server server) {
    return Context.builder().address(server.address());
  }

  @Test
  void shouldKeepTheGoldWhenAnAttackerKnowsTheAddressOnly() {
    ServerOptions options = THREAD.secretKey("muchsecret");
    try (Server server = ZProc.startServer(ANY_PORT, options);
        Context home = client(server).secretKey("muchsecret").open()) {
      home.state().put("gold", 5);
      assertThatThrownBy(() -> client(server).timeout(SHORT).open())
          .isInstanceOf(ZProcTimeoutException.class)
          .hasMessageContaining("secret key")
          .hasMessageContaining(server.address());
      assertThatThrownBy(() -> client(server).secretKey("guess").timeout(SHORT).open())
          .isInstanceOf(ZProcTimeoutException.class)
          .hasMessageContaining("check that server and client have the same secretKey");
      try (Context friend = client(server).secretKey("muchsecret").open()) {
        assertThat(friend.state().get("gold")).isEqualTo(5);
        assertThat(Integer.parseInt(friend.statistics().get("remote_frames_refused"))).isPositive();
      }
    }
  }

  @Test
  void shouldSayThatTheServerHasNoKeyWhenTheClientHas() {
    try (Server server = ZProc.startServer(ANY_PORT, THREAD)) {
      assertThatThrownBy(() -> client(server).secretKey("muchsecret").timeout(SHORT).open())
          .isInstanceOf(ZProcTimeoutException.class)
          .hasMessageContaining("no secret key");
    }
  }

  @Test
  void shouldListenOnLoopbackOnlyWhenThereIsNoKey() {
    assertThatThrownBy(() -> ZProc.startServer("tcp://0.0.0.0:0", THREAD))
        .isInstanceOf(ZProcException.class)
        .hasMessageContaining("loopback only");
    ZProc.startServer("tcp://0.0.0.0:0", THREAD.secretKey("key")).close();
    ZProc.startServer("tcp://0.0.0.0:0", THREAD.insecure(true)).close();
  }

  @Test
  void shouldFailAtOnceWhenNobodyIsThere() {
    Server server = ZProc.startServer(ANY_PORT, THREAD);
    server.close();
    assertThatThrownBy(() -> client(server).open())
        .isInstanceOf(ServerDownException.class)
        .hasMessageContaining(server.address());
  }

  @Test
  void shouldServeLocalAndRemoteClientsOfOneState() {
    try (Server server = ZProc.startServer(ANY_PORT, THREAD.listen("tcp://[::1]:0"));
        Context one = client(server).open();
        Context other = Context.open(server.addresses().get(1))) {
      assertThat(server.addresses()).hasSize(2);
      one.state().put("a", 1);
      assertThat(other.state().get("a")).isEqualTo(1);
    }
  }
}
