package io.zproc.benchmarks.floor;

import io.zproc.internal.jvm.Opens;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;

/** The maps that reading is compared with, filled; the keys are those of {@link #keys}. */
public final class Maps {
  /** Few enough to stay in the cache, as the keys of a hot loop do. */
  public static final int KEYS = 1 << 10;

  private static final int TYPICAL_KEY_LENGTH = 8;

  private Maps() {}

  public static String[] keys(int count) {
    String[] keys = new String[count];
    for (int i = 0; i < count; i++) {
      keys[i] = "key-" + i;
    }
    return keys;
  }

  public static ConcurrentMap<String, Long> longs(String[] keys) {
    ConcurrentMap<String, Long> map = new ConcurrentHashMap<>();
    for (int i = 0; i < keys.length; i++) {
      map.put(keys[i], (long) i << 20);
    }
    return map;
  }

  public static ConcurrentMap<String, byte[]> bytes(String[] keys, int length) {
    ConcurrentMap<String, byte[]> map = new ConcurrentHashMap<>();
    for (String key : keys) {
      map.put(key, new byte[length]);
    }
    return map;
  }

  /** Off the heap, of this process alone. */
  public static ChronicleMap<CharSequence, byte[]> chronicle(String[] keys, int length) {
    Opens.open();
    ChronicleMap<CharSequence, byte[]> map =
        ChronicleMapBuilder.of(CharSequence.class, byte[].class)
            .name("bench")
            .entries(2L * keys.length)
            .averageKeySize(TYPICAL_KEY_LENGTH)
            .constantValueSizeBySample(new byte[length])
            .create();
    for (String key : keys) {
      map.put(key, new byte[length]);
    }
    return map;
  }
}
