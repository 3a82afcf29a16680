package io.zproc.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zproc.Context;
import io.zproc.Server;
import io.zproc.ServerBackend;
import io.zproc.ServerDownException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The server that a context without an address starts for itself. */
@Timeout(60)
class PrivateServerTest {

  @ParameterizedTest
  @EnumSource(ServerBackend.class)
  void shouldRunWhereItIsToldAndEndWithItsContext(ServerBackend backend) {
    long here = ProcessHandle.current().pid();
    String address;
    try (Context context = Context.builder().serverBackend(backend).namespace("mine").open()) {
      Server server = context.server().orElseThrow();
      address = context.address();
      assertThat(server.address()).isEqualTo(address);
      assertThat(server.pid() == here).isEqualTo(backend == ServerBackend.THREAD);
      assertThat(context.ping(Duration.ofSeconds(20))).isEqualTo(server.pid());
      context.state().put("apples", 2);
      try (Context second = Context.open(address)) {
        assertThat(second.server()).isEmpty();
        assertThat(second.state("mine").get("apples")).isEqualTo(2);
      }
    }
    assertThat(Path.of(address.substring("ipc://".length()))).doesNotExist();
    assertThatThrownBy(() -> Context.open(address)).isInstanceOf(ServerDownException.class);
  }
}
