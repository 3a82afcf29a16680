package io.zproc.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.ServerDownException;
import io.zproc.State;
import io.zproc.tcp.testing.FaultyProxy;
import io.zproc.tcp.testing.RemoteServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reads from a copy when the server is killed. */
@Timeout(100)
class CachedReconnectionTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void shouldReadOnWithoutServerAndHaveEverythingWhenItIsBack() {
    try (RemoteServer server = RemoteServer.start(ServerBackend.PROCESS, "a secret");
        Context context = server.open(Duration.ofSeconds(30));
        State<String, Object> cached = context.<String, Object>state("kept").cached()) {
      cached.put("before", 1);
      assertThat(cached.get("before")).isEqualTo(1);
      server.kill();
      for (int i = 0; i < 1000; i++) {
        assertThat(cached.get("before")).isEqualTo(1);
      }
      server.restart();
      try (Context other = server.openLocally()) {
        other.state("kept").put("meanwhile", 2);
        await().atMost(SOON).until(() -> cached.containsKey("meanwhile"));
        cached.put("after", 3);
        assertThat(cached.get("after")).isEqualTo(3);
        assertThat(cached.copy()).isEqualTo(other.state("kept").copy());
      }
    }
  }

  @Test
  void shouldReadWhatItHasPutWhenConnectingAnewTakesLong() {
    try (RemoteServer server = RemoteServer.start(ServerBackend.PROCESS, "a secret");
        FaultyProxy proxy = new FaultyProxy(server.port(), 0, 0);
        Context context = server.open(proxy.address(), Duration.ofSeconds(10));
        State<String, Object> cached = context.<String, Object>state("kept").cached()) {
      cached.put("before", 1);
      proxy.slowDown(10);
      server.kill();
      server.restart();
      cached.put("after", 2);
      assertThat(cached.get("after")).isEqualTo(2);
    }
  }

  @Test
  void shouldSayThatItDoesNotKnowWhenTheServerIsAwayForLong() {
    Duration timeout = Duration.ofSeconds(3);
    try (RemoteServer server = RemoteServer.start(ServerBackend.PROCESS, null);
        Context context = server.open(timeout);
        State<String, Object> cached = context.<String, Object>state("kept").cached()) {
      cached.put("a", 1);
      // On a busy machine the copy may need longer than this short timeout.
      await().atMost(SOON).ignoreExceptions().until(() -> cached.get("a").equals(1));
      long start = System.nanoTime();
      server.kill();
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> cached.get("a"))
                      .isInstanceOf(ServerDownException.class)
                      .hasMessageContaining("cached copy")
                      .hasMessageContaining("kept"));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(timeout);
      server.restart();
      await().atMost(SOON).ignoreExceptions().until(() -> cached.get("a").equals(1));
      try (Context other = server.openLocally()) {
        other.state("kept").put("a", 2);
      }
      await().atMost(SOON).until(() -> cached.get("a").equals(2));
    }
  }
}
