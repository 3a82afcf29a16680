package io.zproc.benchmarks.jmh;

import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.State;
import io.zproc.benchmarks.floor.Maps;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.map.ChronicleMap;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Reading a key, beside the maps of one process: {@code ./zproc bench --jmh StateRead}. */
@org.openjdk.jmh.annotations.State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class StateReadBenchmark {
  private static final int LENGTH = 64;

  private final byte[] target = new byte[LENGTH];
  private Context context;
  private State<String, Object> longs;
  private State<String, Object> bytes;
  private ConcurrentMap<String, Long> map;
  private ConcurrentMap<String, byte[]> byteMap;
  private ChronicleMap<CharSequence, byte[]> chronicle;
  private String[] keys;
  private int next;

  @Setup
  public void open() {
    keys = Maps.keys(Maps.KEYS);
    context = Context.builder().serverBackend(ServerBackend.THREAD).open();
    longs = context.state("longs");
    bytes = context.state("bytes");
    for (int i = 0; i < keys.length; i++) {
      longs.put(keys[i], (long) i << 20);
      bytes.put(keys[i], new byte[LENGTH]);
    }
    map = Maps.longs(keys);
    byteMap = Maps.bytes(keys, LENGTH);
    chronicle = Maps.chronicle(keys, LENGTH);
  }

  @TearDown
  public void close() {
    chronicle.close();
    context.close();
  }

  private String key() {
    return keys[next++ & Maps.KEYS - 1];
  }

  @Benchmark
  public long stateGetLong() {
    return longs.getLong(key(), 0);
  }

  @Benchmark
  public Object stateGetBoxed() {
    return longs.get(key());
  }

  @Benchmark
  public int stateGetBytes() {
    return bytes.getBytes(key(), target);
  }

  @Benchmark
  public Long concurrentHashMapGet() {
    return map.get(key());
  }

  @Benchmark
  public byte[] concurrentHashMapGetAndCopyBytes() {
    System.arraycopy(byteMap.get(key()), 0, target, 0, LENGTH);
    return target;
  }

  @Benchmark
  public byte[] chronicleMapGetUsing() {
    return chronicle.getUsing(key(), target);
  }
}
