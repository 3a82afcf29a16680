package io.zproc.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.zproc.Context;
import io.zproc.Pipeline;
import io.zproc.Server;
import io.zproc.State;
import io.zproc.ZProc;
import io.zproc.codec.ByteWriter;
import io.zproc.codec.PlainCodec;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What the client adds to a transport allocates nothing. */
class HotPathTest {
  private static final int OPERATIONS = 200_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final State<Object, Object> longs = state(1L << 40);
  private final State<Object, Object> arrays = state(new byte[64]);
  private final byte[] target = new byte[64];
  private long sink;

  private static State<Object, Object> state(Object value) {
    ByteWriter encoded = new ByteWriter();
    PlainCodec.standard().encode(value, encoded);
    CurrentClient client = new CurrentClient(new StubConnection(encoded.toByteArray()));
    return States.open(client, "n", PlainCodec.standard(), PlainCodec.standard());
  }

  @Test
  void shouldAllocateNothingWhenLongsAreRead() {
    assertThat(bytesPerOperation(() -> sink += longs.getLong("key", 0))).isZero();
  }

  @Test
  void shouldAllocateNothingWhenBytesAreRead() {
    assertThat(bytesPerOperation(() -> sink += arrays.getBytes("key", target))).isZero();
  }

  @Test
  void shouldAllocateNothingWhenKeysAreLookedFor() {
    assertThat(bytesPerOperation(() -> sink += longs.containsKey("key") ? 1 : 0)).isZero();
  }

  @Test
  void shouldAllocateNothingWhenACopyIsRead() {
    try (Server server = ZProc.startServer("mem://HotPathTest");
        Context context = Context.open(server.address());
        State<String, Object> cached = context.state().cached()) {
      cached.put("long", 1L << 40);
      cached.put("bytes", new byte[64]);
      assertThat(bytesPerOperation(() -> sink += cached.getLong("long", 0))).isZero();
      assertThat(bytesPerOperation(() -> sink += cached.getBytes("bytes", target))).isZero();
      assertThat(bytesPerOperation(() -> sink += (Long) cached.get("long"))).isZero();
      assertThat(bytesPerOperation(() -> sink += cached.size())).isZero();
    }
  }

  @Test
  void shouldAllocateNothingWhenLongsAreWritten() {
    assertThat(bytesPerOperation(() -> longs.putLong("key", sink))).isZero();
  }

  @Test
  void shouldAllocateNothingWhenAValueReplacesNothing() {
    assertThat(bytesPerOperation(() -> longs.put("key", "value"))).isZero();
  }

  @Test
  void shouldAllocateNothingWhenLongsArePipelined() {
    Pipeline<Object, Object> pipeline = longs.pipeline();
    assertThat(bytesPerOperation(() -> pipeline.putLong("key", sink))).isZero();
    pipeline.close();
  }

  @Test
  void shouldAllocateOnlyTheValueWhenObjectsAreRead() {
    assertThat(bytesPerOperation(() -> sink += (Long) longs.get("key"))).isLessThanOrEqualTo(24);
  }

  /** The least of several runs: whatever else allocates on this thread, such as the compiler. */
  private long bytesPerOperation(Runnable operation) {
    long least = Long.MAX_VALUE;
    for (int run = 0; run < 5; run++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < OPERATIONS; i++) {
        operation.run();
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return least / OPERATIONS;
  }
}
