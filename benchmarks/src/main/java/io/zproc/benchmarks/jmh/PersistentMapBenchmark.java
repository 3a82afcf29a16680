package io.zproc.benchmarks.jmh;

import io.zproc.benchmarks.floor.Maps;
import io.zproc.internal.collect.Entry;
import io.zproc.internal.collect.PersistentMap;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
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

/**
 * What a snapshot costs: the map that shares structure, beside a copied {@link HashMap}. {@code
 * ./zproc bench --jmh PersistentMap}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PersistentMapBenchmark {
  private static final int SAMPLE = 1 << 10;

  @Param({"1000", "100000"})
  private int size;

  private final Entry[] changes = new Entry[SAMPLE];
  private PersistentMap map;
  private Map<String, byte[]> hashMap;
  private String[] names;
  private int next;

  @Setup
  public void fill() {
    names = Maps.keys(size);
    hashMap = new HashMap<>(Maps.bytes(names, Long.BYTES));
    PersistentMap.Builder builder = PersistentMap.builder();
    for (int i = 0; i < size; i++) {
      builder.put(entry(names[i], 1));
    }
    map = builder.build();
    for (int i = 0; i < SAMPLE; i++) {
      changes[i] = entry(names[(int) ((long) i * (size - 1) / SAMPLE)], 2);
    }
  }

  private static Entry entry(String key, long version) {
    return new Entry(key.getBytes(StandardCharsets.UTF_8), new byte[Long.BYTES], version);
  }

  private Entry change() {
    return changes[next++ & SAMPLE - 1];
  }

  @Benchmark
  public Entry get() {
    return map.get(change().key);
  }

  @Benchmark
  public PersistentMap with() {
    return map.with(change());
  }

  @Benchmark
  public Map<String, byte[]> hashMapCopyAndPut() {
    Map<String, byte[]> copy = new HashMap<>(hashMap);
    copy.put(names[0], changes[0].value);
    return copy;
  }
}
