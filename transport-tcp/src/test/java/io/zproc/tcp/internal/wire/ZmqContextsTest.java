package io.zproc.tcp.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

@Timeout(60)
class ZmqContextsTest {
  @Test
  void shouldServeOtherConnectionsWhenAnErrorInterruptsTheThread() {
    ZMQ.Context context = ZmqContexts.create();
    ZMQ.Socket router = context.socket(SocketType.ROUTER);
    AtomicBoolean done = new AtomicBoolean();
    router.setEventHook(
        event -> {
          if (done.compareAndSet(false, true)) {
            throw new OutOfMemoryError("made by a test");
          }
        },
        zmq.ZMQ.ZMQ_EVENT_DISCONNECTED);
    router.setReceiveTimeOut(20_000);
    router.bind("tcp://127.0.0.1:*");
    try (ZMQ.Context clients = ZMQ.context(1);
        ZMQ.Socket friend = clients.socket(SocketType.DEALER);
        ZMQ.Socket fresh = clients.socket(SocketType.DEALER)) {
      friend.connect(router.getLastEndpoint());
      friend.send("before");
      assertReceives(router, "before");
      try (ZMQ.Socket other = clients.socket(SocketType.DEALER)) {
        other.connect(router.getLastEndpoint());
        other.send("hello");
        assertReceives(router, "hello");
      }
      await().untilTrue(done);
      friend.send("after");
      assertReceives(router, "after");
      fresh.connect(router.getLastEndpoint());
      fresh.send("fresh");
      assertReceives(router, "fresh");
    } finally {
      router.close();
      context.term();
    }
  }

  private static String receive(ZMQ.Socket router) {
    assertThat(router.recv()).as("from whom it comes").isNotNull();
    return router.recvStr();
  }

  private static void assertReceives(ZMQ.Socket router, String expected) {
    assertThat(receive(router)).isEqualTo(expected);
  }

  @Test
  void shouldReturnWhenTheLoopReturns() {
    AtomicInteger runs = new AtomicInteger();
    ZmqContexts.runToEnd(
        () -> {
          if (runs.incrementAndGet() < 3) {
            throw new OutOfMemoryError("made by a test");
          }
        });
    assertThat(runs).hasValue(3);
  }
}
