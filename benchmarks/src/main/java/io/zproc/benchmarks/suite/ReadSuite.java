package io.zproc.benchmarks.suite;

import io.zproc.State;
import io.zproc.WaitStrategy;
import io.zproc.benchmarks.Lab;
import io.zproc.benchmarks.floor.Maps;
import io.zproc.benchmarks.race.Contestant;
import io.zproc.benchmarks.race.Kind;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.function.ToLongFunction;
import net.openhft.chronicle.map.ChronicleMap;

/**
 * Reading a key: a long, and 64 bytes; a map of this process as the floor, Chronicle Map as peer.
 */
final class ReadSuite implements Suite {
  private static final int BATCH = 1_000;
  private static final int LENGTH = 64;

  /** Where sums go, so that reading can not be optimized away. */
  private static volatile long sink;

  @Override
  public String name() {
    return "read";
  }

  @Override
  public void run(Lab lab, WaitStrategy strategy) throws Exception {
    String[] keys = Maps.keys(Maps.KEYS);
    try (PrivateServer server = PrivateServer.start(lab, strategy)) {
      server.fill(keys);
      try (ChronicleMap<CharSequence, byte[]> chronicle = Maps.chronicle(keys, Long.BYTES)) {
        lab.race("read long", "-", longs(server, chronicle, keys));
      }
      server.use();
      for (String key : keys) {
        server.state().put(key, new byte[LENGTH]);
      }
      try (ChronicleMap<CharSequence, byte[]> chronicle = Maps.chronicle(keys, LENGTH)) {
        lab.race("read 64 bytes", "-", bytes(server, chronicle, keys));
      }
    }
  }

  private static List<Contestant> longs(
      PrivateServer server, ChronicleMap<CharSequence, byte[]> chronicle, String[] keys) {
    State<String, Object> state = server.state();
    ConcurrentMap<String, Long> map = Maps.longs(keys);
    byte[] target = new byte[Long.BYTES];
    return List.of(
        Contestant.batched(
            "State.getLong",
            Kind.ZPROC,
            BATCH,
            n -> {
              long sum = 0;
              for (int i = 0; i < n; i++) {
                sum += state.getLong(keys[i & Maps.KEYS - 1], 0);
              }
              sink = sum;
            },
            server.pid()),
        Contestant.batched(
            "State.get, boxed",
            Kind.ZPROC,
            BATCH,
            n -> sink = sum(n, keys, key -> (Long) state.get(key)),
            server.pid()),
        Contestant.batched(
            "ConcurrentHashMap.get",
            Kind.FLOOR,
            BATCH,
            n -> {
              long sum = 0;
              for (int i = 0; i < n; i++) {
                sum += map.get(keys[i & Maps.KEYS - 1]);
              }
              sink = sum;
            }),
        chronicle(chronicle, keys, target));
  }

  private static List<Contestant> bytes(
      PrivateServer server, ChronicleMap<CharSequence, byte[]> chronicle, String[] keys) {
    State<String, Object> state = server.state();
    ConcurrentMap<String, byte[]> map = Maps.bytes(keys, LENGTH);
    byte[] target = new byte[LENGTH];
    return List.of(
        Contestant.batched(
            "State.getBytes",
            Kind.ZPROC,
            BATCH,
            n -> {
              long sum = 0;
              for (int i = 0; i < n; i++) {
                sum += state.getBytes(keys[i & Maps.KEYS - 1], target);
              }
              sink = sum;
            },
            server.pid()),
        Contestant.batched(
            "ConcurrentHashMap.get + copy",
            Kind.FLOOR,
            BATCH,
            n -> {
              long sum = 0;
              for (int i = 0; i < n; i++) {
                byte[] found = map.get(keys[i & Maps.KEYS - 1]);
                System.arraycopy(found, 0, target, 0, LENGTH);
                sum += target[i & LENGTH - 1];
              }
              sink = sum;
            }),
        chronicle(chronicle, keys, target));
  }

  private static Contestant chronicle(
      ChronicleMap<CharSequence, byte[]> map, String[] keys, byte[] target) {
    return Contestant.batched(
        "Chronicle Map getUsing",
        Kind.PEER,
        BATCH,
        n -> {
          long sum = 0;
          for (int i = 0; i < n; i++) {
            sum += map.getUsing(keys[i & Maps.KEYS - 1], target)[0];
          }
          sink = sum;
        });
  }

  private static long sum(int times, String[] keys, ToLongFunction<String> read) {
    long sum = 0;
    for (int i = 0; i < times; i++) {
      sum += read.applyAsLong(keys[i & Maps.KEYS - 1]);
    }
    return sum;
  }
}
