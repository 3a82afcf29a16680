package io.zproc.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zproc.ClosedException;
import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.ServerDownException;
import io.zproc.Watch;
import io.zproc.WatchOptions;
import io.zproc.ZProcTimeoutException;
import io.zproc.tcp.testing.Commands;
import io.zproc.tcp.testing.FaultyProxy;
import io.zproc.tcp.testing.Protection;
import io.zproc.tcp.testing.RemoteServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Watchers while the server is away for longer than their client's timeout. */
@Timeout(60)
class WatchOutageTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Duration LESS = Duration.ofMillis(400);
  private static final Duration LONG = Duration.ofSeconds(30);

  /** Commits on the server's host, so that they need no network. */
  private static void put(RemoteServer server, int first, int last) {
    try (Context local = server.openLocally()) {
      for (int n = first; n <= last; n++) {
        local.state().put("n", n);
      }
    }
  }

  private static void assertDown(Watch<String, Object> watch, Duration... waits) {
    for (Duration wait : waits) {
      long start = System.nanoTime();
      assertThatThrownBy(() -> watch.next(wait)).isInstanceOf(ServerDownException.class);
      assertThat(System.nanoTime() - start).isGreaterThan(wait.toNanos() / 2);
    }
    assertThatThrownBy(watch::poll).isInstanceOf(ServerDownException.class);
  }

  private static void assertSees(Watch<String, Object> watch, int first, int last) {
    for (int n = first; n <= last; n++) {
      assertThat(watch.next(LONG).after().get("n")).isEqualTo(n);
    }
    assertThat(watch.poll()).isNull();
    assertThatThrownBy(() -> watch.next(LESS)).isExactlyInstanceOf(ZProcTimeoutException.class);
  }

  @Test
  void shouldThrowAndLoseNothingWhenTheServerWasKilled() {
    try (RemoteServer server = RemoteServer.startWith(Protection.ENCRYPTED, ServerBackend.PROCESS);
        Context context = server.open(TIMEOUT);
        Watch<String, Object> watch = context.state().watch(WatchOptions.buffered())) {
      put(server, 1, 3);
      assertSees(watch, 1, 3);
      server.kill();
      assertDown(watch, TIMEOUT.plus(LESS));
      server.restart();
      put(server, 4, 9);
      assertSees(watch, 4, 9);
    }
  }

  @Test
  void shouldThrowAndLoseNothingWhenTheServerDidNotAnswer() {
    try (RemoteServer server = RemoteServer.startWith(Protection.SIGNED, ServerBackend.PROCESS);
        Context context = server.open(TIMEOUT);
        Watch<String, Object> watch = context.state().watch(WatchOptions.buffered())) {
      put(server, 1, 3);
      assertSees(watch, 1, 3);
      Commands.run("kill", "-STOP", Long.toString(server.pid()));
      try {
        assertDown(watch, LESS);
      } finally {
        Commands.run("kill", "-CONT", Long.toString(server.pid()));
      }
      put(server, 4, 9);
      assertSees(watch, 4, 9);
    }
  }

  /**
   * When the deadline comes, the server has been asked whether it lives, and could not answer yet.
   */
  @Test
  void shouldTellOfNoServerThatIsDownWhenTheNetworkIsSlow() {
    try (RemoteServer server = RemoteServer.startWith(Protection.SIGNED, ServerBackend.PROCESS);
        FaultyProxy proxy = new FaultyProxy(server.port(), 0, 0);
        Context context = server.open(proxy.address(), LONG);
        Watch<String, Object> watch = context.state().watch(WatchOptions.buffered())) {
      assertThat(watch.poll()).isNull();
      proxy.slowDown(500);
      assertThatThrownBy(() -> watch.next(Duration.ofMillis(1330)))
          .isExactlyInstanceOf(ZProcTimeoutException.class);
      put(server, 1, 1);
      assertThat(watch.next(LONG).after().get("n")).isEqualTo(1);
    }
  }

  @Test
  void shouldWaitOnWhenTheServerIsBackBeforeItsDeadline() throws Exception {
    try (RemoteServer server = RemoteServer.startWith(Protection.SIGNED, ServerBackend.PROCESS);
        Context context = server.open(TIMEOUT);
        Watch<String, Object> watch = context.state().watch(WatchOptions.buffered())) {
      put(server, 1, 1);
      assertSees(watch, 1, 1);
      server.kill();
      CompletableFuture<Object> next =
          CompletableFuture.supplyAsync(() -> watch.next(LONG).after().get("n"));
      assertThatThrownBy(() -> next.get(TIMEOUT.plus(LESS).toMillis(), TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      server.restart();
      put(server, 2, 2);
      assertThat(next.get(30, TimeUnit.SECONDS)).isEqualTo(2);
    }
  }

  @Test
  void shouldEndAtOnceWhenItIsClosedWhileTheServerIsAway() throws Exception {
    try (RemoteServer server = RemoteServer.startWith(Protection.SIGNED, ServerBackend.PROCESS);
        Context context = server.open(TIMEOUT)) {
      Watch<String, Object> watch = context.state().watch(WatchOptions.buffered());
      assertThat(watch.poll()).isNull();
      server.kill();
      CompletableFuture<Object> next = CompletableFuture.supplyAsync(watch::next);
      assertThatThrownBy(() -> next.get(TIMEOUT.plus(LESS).toMillis(), TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      watch.close();
      assertThatThrownBy(() -> next.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(ClosedException.class);
    }
  }
}
