package io.zproc.tcp.internal.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RouterSocketTest {
  private static final int LONG_MS = 30_000;

  @Test
  void shouldReturnAtOnceWhenItWasWoken() {
    try (RouterSocket socket = new RouterSocket()) {
      socket.bind("tcp://127.0.0.1:0");
      socket.wake();
      long start = System.nanoTime();
      assertThat(socket.receive(LONG_MS)).isFalse();
      assertThat(System.nanoTime() - start).isLessThan(LONG_MS * 500_000L);
    }
  }

  /** As whoever closes the gateway does when its thread has ended first. */
  @Test
  void shouldPassOverAWakeUpWhenItIsClosed() {
    RouterSocket socket = new RouterSocket();
    socket.bind("tcp://127.0.0.1:0");
    socket.close();
    assertThatCode(socket::wake).doesNotThrowAnyException();
  }
}
