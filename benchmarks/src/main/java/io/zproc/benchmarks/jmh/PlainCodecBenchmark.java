package io.zproc.benchmarks.jmh;

import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.codec.PlainCodec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Values to bytes and back: {@code ./zproc bench --jmh PlainCodec}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PlainCodecBenchmark {

  /** What is encoded. */
  public enum Sample {
    LONG(1L << 40),
    DOUBLE(Math.PI),
    TEXT("a text of some length"),
    BYTES(new byte[64]),
    LIST(List.of(1, 2, 3, "four", 5.0)),
    MAP(Map.of("symbol", "XYZ", "bid", 101.25, "ask", 101.5, "size", 300));

    final Object value;

    Sample(Object value) {
      this.value = value;
    }
  }

  @Param private Sample sample;

  private final PlainCodec codec = PlainCodec.standard();
  private final ByteWriter out = new ByteWriter();
  private final ByteReader in = new ByteReader();
  private byte[] encoded;

  @Setup
  public void encodeOnce() {
    codec.encode(sample.value, out.clear());
    encoded = out.toByteArray();
  }

  @Benchmark
  public ByteWriter encode() {
    codec.encode(sample.value, out.clear());
    return out;
  }

  @Benchmark
  public Object decode() {
    return codec.decode(in.wrap(encoded, 0, encoded.length));
  }
}
