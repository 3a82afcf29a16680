package io.zproc.internal.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zproc.internal.collect.Entry;
import io.zproc.internal.collect.PersistentMap;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each map behind a change is what it was, in whatever order they are asked for. */
@Timeout(60)
class MovingMapTest {
  private static final int CHANGES = 2000;
  private static final int KEYS = 100;
  private static final int LONGEST_VALUE = 2000;

  private final long seed =
      Long.getLong("zproc.test.seed", ThreadLocalRandom.current().nextInt(1_000_000));
  private final Random random = new Random(seed);
  private final Map<String, Entry> model = new TreeMap<>();
  private final List<LazyMap> maps = new ArrayList<>();
  private final List<Map<String, Entry>> expected = new ArrayList<>();

  private void change(MovingMap moving, long version) {
    String key = "key" + random.nextInt(KEYS);
    Entry from = model.get(key);
    Entry to = null;
    if (random.nextInt(3) > 0) {
      byte[] value = new byte[random.nextInt(4) > 0 ? 8 : random.nextInt(LONGEST_VALUE)];
      to = new Entry(key.getBytes(StandardCharsets.UTF_8), value, version);
      model.put(key, to);
    } else {
      model.remove(key);
    }
    maps.add(moving.change(from, to));
    expected.add(new TreeMap<>(model));
  }

  private void changeOrJump(MovingMap moving, long version) {
    if (random.nextInt(500) > 0) {
      change(moving, version);
    } else {
      maps.add(jump(moving));
      expected.add(new TreeMap<>(model));
    }
  }

  private LazyMap jump(MovingMap moving) {
    model.clear();
    return moving.jump(PersistentMap.empty());
  }

  private static Map<String, Entry> content(PersistentMap map) {
    Map<String, Entry> content = new TreeMap<>();
    for (Entry entry : map) {
      content.put(new String(entry.key, StandardCharsets.UTF_8), entry);
    }
    return content;
  }

  @Test
  void shouldMakeEachMapAsItWasWhenAskedForLater() {
    MovingMap moving = new MovingMap(PersistentMap.empty());
    for (int i = 1; i <= CHANGES; i++) {
      changeOrJump(moving, i);
      if (random.nextInt(50) == 0) {
        int some = random.nextInt(maps.size());
        assertThat(content(maps.get(some).get())).as("seed " + seed).isEqualTo(expected.get(some));
      }
    }
    assertThat(content(moving.last().get())).as("seed " + seed).isEqualTo(model);
    for (int i = CHANGES - 1; i >= 0; i--) {
      assertThat(content(maps.get(i).get())).as("seed " + seed).isEqualTo(expected.get(i));
      assertThat(maps.get(i).get().size()).as("seed " + seed).isEqualTo(expected.get(i).size());
    }
  }

  @Test
  void shouldKeepNoMapThatNobodyHasWhenChangesGoOn() {
    MovingMap moving = new MovingMap(PersistentMap.empty());
    change(moving, 1);
    WeakReference<LazyMap> first = new WeakReference<>(maps.get(0));
    for (int i = 2; i <= CHANGES; i++) {
      change(moving, i);
    }
    maps.clear();
    expected.clear();
    await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(first.get()).as("the first map").isNull();
            });
    assertThat(content(moving.last().get())).as("seed " + seed).isEqualTo(model);
  }
}
