package io.zproc.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.State;
import io.zproc.Watch;
import io.zproc.WatchOptions;
import io.zproc.tcp.testing.Protection;
import io.zproc.tcp.testing.RemoteServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class LargeValuesTest {
  private static final int LARGE = 15 << 20;

  @RegisterExtension
  static final RemoteServer SERVER = RemoteServer.with(Protection.ENCRYPTED, ServerBackend.PROCESS);

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @Test
  void shouldBringLargeValuesThereAndBackAndToWatchers() {
    try (Context context = SERVER.open();
        Context otherContext = SERVER.open()) {
      State<String, Object> state = context.state("large");
      State<String, Object> other = otherContext.state("large");
      Watch<String, Object> watch = other.watch(WatchOptions.buffered());
      for (int length : new int[] {65_000, 65_536, 66_000, 1 << 20, LARGE}) {
        byte[] value = random(length);
        assertThat(state.put("value", value)).isNotEqualTo(value);
        assertThat((byte[]) other.get("value")).isEqualTo(value);
        byte[] seen = (byte[]) watch.next(Duration.ofSeconds(20)).after().get("value");
        assertThat(seen).isEqualTo(value);
      }
    }
  }

  @Test
  void shouldCopyAStateOfManyKeys() {
    try (Context context = SERVER.open()) {
      State<String, Object> state = context.state("many");
      Map<String, Object> content = new HashMap<>();
      for (int i = 0; i < 20_000; i++) {
        content.put("key " + i, Arrays.asList(i, "value"));
      }
      state.set(content);
      try (Context fresh = SERVER.open()) {
        assertThat(fresh.state("many").copy()).isEqualTo(content);
      }
    }
  }

  @Test
  void shouldServeOthersMeanwhile() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    AtomicLong puts = new AtomicLong();
    try (Context context = SERVER.open();
        Context otherContext = SERVER.open()) {
      State<String, Object> small = otherContext.state("small");
      Thread busy =
          new Thread(
              () -> {
                while (!done.get()) {
                  small.put("n", puts.incrementAndGet());
                }
              });
      busy.start();
      byte[] value = random(LARGE);
      long least = Long.MAX_VALUE;
      for (int i = 0; i < 6; i++) {
        long before = puts.get();
        context.state("large").put("value", value);
        context.state("large").get("value");
        least = Math.min(least, puts.get() - before);
      }
      done.set(true);
      busy.join();
      assertThat(least).as("puts of the other client while a large value went by").isPositive();
    }
  }
}
