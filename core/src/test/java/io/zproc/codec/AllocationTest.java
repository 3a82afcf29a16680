package io.zproc.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** The hot paths allocate nothing, or nothing but their result. */
class AllocationTest {
  private static final int OPERATIONS = 200_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final ByteWriter out = new ByteWriter();
  private final Long boxed = 1L << 40;
  private long sink;

  @Test
  void shouldAllocateNothingWhenNumbersAreEncodedAndDecoded() {
    assertThat(bytesPerOperation(this::numbers)).isZero();
  }

  @Test
  void shouldAllocateNothingWhenNumbersAreAdded() {
    byte[] delta = PlainData.encode(PlainCodec.standard(), 1L);
    assertThat(bytesPerOperation(() -> add(delta))).isZero();
  }

  @Test
  void shouldAllocateNothingWhenScalarsAreEncodedByPlainCodec() {
    PlainCodec codec = PlainCodec.standard();
    for (Object value : new Object[] {boxed, 5, 2.5, true, "short", "größer", new byte[9], null}) {
      assertThat(bytesPerOperation(() -> codec.encode(value, out.clear())))
          .as("value %s", value)
          .isZero();
    }
  }

  @Test
  void shouldAllocateOnlyTheResultWhenLongIsDecoded() {
    byte[] bytes = PlainData.encode(Codecs.longs(), boxed);
    ByteReader in = new ByteReader();
    Codec<Long> codec = Codecs.longs();
    long perOperation =
        bytesPerOperation(() -> sink += codec.decode(in.wrap(bytes, 0, bytes.length)));
    assertThat(perOperation).isLessThanOrEqualTo(24);
  }

  private void numbers() {
    PlainNumbers.encodeLong(sink, out.clear());
    sink += PlainNumbers.decodeLong(out.array(), 0, out.position());
    PlainNumbers.encodeDouble(sink, out.clear());
    sink += (long) PlainNumbers.decodeDouble(out.array(), 0, out.position());
  }

  private void add(byte[] delta) {
    PlainNumbers.encodeLong(boxed, out.clear());
    PlainNumbers.add(out.array(), 0, out.position(), delta, 0, delta.length, out);
    sink += out.position();
  }

  /** The least of several rounds: the compiler itself allocates on this thread now and then. */
  private long bytesPerOperation(Runnable operation) {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 6; round++) {
      long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      for (int i = 0; i < OPERATIONS; i++) {
        operation.run();
      }
      long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      least = Math.min(least, after - before);
    }
    return Math.floorDiv(least, OPERATIONS);
  }
}
