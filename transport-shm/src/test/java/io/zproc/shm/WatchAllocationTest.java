package io.zproc.shm;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.zproc.Context;
import io.zproc.Pipeline;
import io.zproc.ServerBackend;
import io.zproc.ServerOptions;
import io.zproc.State;
import io.zproc.Watch;
import io.zproc.shm.testing.TestServer;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a watcher allocates does not grow with the state. */
@Timeout(60)
class WatchAllocationTest {
  private static final int KEYS = 1000;
  private static final int UPDATES = 20_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void shouldAllocateLittleMoreThanTheChangeWhenAnUpdateIsPolled() {
    try (TestServer server =
            TestServer.start(ServerOptions.defaults().backend(ServerBackend.THREAD));
        Context context = server.open();
        Context other = server.open();
        Watch<String, Object> watch = other.state().watch()) {
      long least = Long.MAX_VALUE;
      for (int run = 0; run < 5; run++) {
        write(context.state());
        least = Math.min(least, poll(watch));
      }
      // Update, change, entry, the value twice, the way to the map, and a seventh for the map.
      assertThat(least / UPDATES).isLessThan(320);
    }
  }

  private static void write(State<String, Object> state) {
    try (Pipeline<String, Object> pipeline = state.pipeline()) {
      for (int i = 0; i < UPDATES; i++) {
        pipeline.putLong("key" + i % KEYS, (long) i << 32);
      }
    }
  }

  /** Polls that many updates; returns how many bytes were allocated. */
  private long poll(Watch<String, Object> watch) {
    watch.next();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 1; i < UPDATES; i++) {
      assertPresent(watch.poll());
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private static void assertPresent(Object update) {
    if (update == null) {
      throw new AssertionError("no update");
    }
  }
}
