package io.zproc.tcp.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.State;
import io.zproc.Watch;
import io.zproc.WatchOptions;
import io.zproc.tcp.testing.Protection;
import io.zproc.tcp.testing.RemoteServer;
import io.zproc.tcp.testing.Wiretap;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections whose keys are spent after few frames. */
@Timeout(60)
class SpentKeyTest {
  private static final int FRAMES_PER_KEY = 24;
  private static final int PUTS = 200;

  /** For OPEN, a long command, and a long reply. */
  private static final int ENOUGH = 10;

  /** More than a gateway sends before it is asked for more. */
  private static final int LONG = 300_000;

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final WatchOptions EVERYTHING = WatchOptions.buffered().timeout(SOON);

  private final AtomicInteger handshakes = new AtomicInteger();
  private final AtomicLong highestCounter = new AtomicLong();

  @BeforeEach
  void lowerTheLimit() {
    EncryptedSeal.limit(FRAMES_PER_KEY);
  }

  @AfterEach
  void raiseTheLimit() {
    EncryptedSeal.limit(EncryptedSeal.FRAMES_PER_KEY);
  }

  private byte[] look(byte[] frame) {
    if (frame[0] == FrameType.HELLO) {
      handshakes.incrementAndGet();
    } else if (frame[0] == FrameType.ENCRYPTED) {
      highestCounter.accumulateAndGet(ByteBuffer.wrap(frame).getLong(1), Math::max);
    }
    return frame;
  }

  /** Some take one frame, some several, in both directions. */
  private static byte[] value(int n) {
    return new byte[n % 10 == 0 ? LONG : n];
  }

  private static void putAll(State<String, Object> state) {
    for (int n = 1; n <= PUTS; n++) {
      byte[] before = (byte[]) state.put("value", value(n));
      assertThat(before == null ? 0 : before.length).isEqualTo(n == 1 ? 0 : value(n - 1).length);
      assertThat(state.add("count", 1)).isEqualTo(n);
    }
  }

  @Test
  void shouldTakeALongReplyWhereverInItTheKeyIsSpent() {
    byte[] value = new byte[LONG];
    try (RemoteServer server = RemoteServer.startWith(Protection.ENCRYPTED, ServerBackend.THREAD)) {
      for (int frames = ENOUGH; frames <= FRAMES_PER_KEY; frames++) {
        EncryptedSeal.limit(frames);
        try (Context context = server.open(Duration.ofSeconds(5))) {
          State<String, Object> state = context.state();
          state.put("value", value);
          assertThat((byte[]) state.put("value", value)).as("%d frames", frames).hasSize(LONG);
        }
      }
    }
  }

  @Test
  void shouldLoseAndDoubleNothingWhenKeysAreSpentAgainAndAgain() throws Exception {
    try (RemoteServer server = RemoteServer.startWith(Protection.ENCRYPTED, ServerBackend.THREAD);
        Wiretap tap = new Wiretap(server.port(), this::look);
        Context writer = server.open(tap.address(), SOON);
        Context reader = server.open(tap.address(), SOON);
        State<String, Object> cached = reader.state().cached();
        Watch<String, Object> watch = reader.state().watch(EVERYTHING)) {
      CompletableFuture<Void> puts = CompletableFuture.runAsync(() -> putAll(writer.state()));
      long revision = watch.revision();
      for (int n = 1; n <= PUTS; n++) {
        assertThat((byte[]) watch.next().after().get("value")).isEqualTo(value(n));
        assertThat(watch.next().after().get("count")).isEqualTo((long) n);
        revision += 2;
        assertThat(watch.revision()).isEqualTo(revision);
      }
      puts.get(20, TimeUnit.SECONDS);
      assertThat(watch.poll()).isNull();
      cached.put("last", 1);
      assertThat(cached.revision()).isEqualTo(writer.state().revision());
      assertThat(cached.getLong("count", 0)).isEqualTo(PUTS);
    }
    assertThat(handshakes).hasValueGreaterThan(2 * PUTS / FRAMES_PER_KEY);
    assertThat(highestCounter).hasValue(FRAMES_PER_KEY);
  }
}
