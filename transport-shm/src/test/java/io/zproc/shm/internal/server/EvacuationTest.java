package io.zproc.shm.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.zproc.CapacityException;
import io.zproc.shm.internal.server.TestStore.Key;
import io.zproc.shm.internal.server.TestStore.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Any history of ever new keys leaves what a hash map has, in the memory that is allowed. */
@Timeout(120)
class EvacuationTest {
  private static final int NAMESPACES = 3;
  private static final int PRESENT = 300;
  private static final int STEPS = 60_000;
  private static final long MAX_BYTES = 16 << 20;
  private static final int[] LONGEST = {20, 20, 90, 500, 5000, 20_000};

  private final long seed =
      Long.getLong("zproc.test.seed", ThreadLocalRandom.current().nextInt(1_000_000));
  private final Random random = new Random(seed);
  private final TestStore test = new TestStore(NAMESPACES, MAX_BYTES);
  private final StateStore store = test.store;
  private int keysEver;
  private int refused;

  private final Map<Key, Value> expected = new HashMap<>();

  /** Those of {@code expected}, and some that were removed. */
  private final List<Key> recent = new ArrayList<>();

  @AfterEach
  void close() {
    test.close();
  }

  private void step() {
    test.revision++;
    int what = random.nextInt(10_000);
    if (what == 0) {
      int namespace = 1 + random.nextInt(NAMESPACES);
      store.clear(store.namespace(namespace), test.revision);
      expected.keySet().removeIf(key -> key.namespace() == namespace);
    } else if (what < 4000 && recent.size() < PRESENT) {
      Key key = new Key(1 + random.nextInt(NAMESPACES), "key" + ++keysEver);
      recent.add(key);
      put(key);
    } else if (what < 5000 && !recent.isEmpty()) {
      put(recent.get(random.nextInt(recent.size())));
    } else if (!recent.isEmpty()) {
      remove();
    }
    store.maintain();
  }

  private void put(Key key) {
    byte[] name = TestStore.bytes(key.name());
    int longest = LONGEST[random.nextInt(LONGEST.length)];
    String text = test.revision + "x".repeat(random.nextInt(longest));
    byte[] bytes = TestStore.bytes(text);
    try {
      int entry = store.ensureReclaiming(key.namespace(), name, 0, name.length, bytes.length);
      store.put(entry, test.revision, bytes, 0, bytes.length);
      expected.put(key, new Value(test.revision, text));
    } catch (CapacityException e) {
      refused++;
    }
  }

  private void remove() {
    int index = random.nextInt(recent.size());
    Key key = recent.get(index);
    if (random.nextInt(3) > 0) {
      recent.set(index, recent.get(recent.size() - 1));
      recent.remove(recent.size() - 1);
    }
    assertThat(test.isPresent(key)).isEqualTo(expected.containsKey(key));
    if (test.isPresent(key)) {
      store.remove(test.find(key), test.revision);
      expected.remove(key);
    }
  }

  @Test
  void shouldKeepEveryPresentValueWhenKeysComeAndGo() {
    for (int i = 1; i <= STEPS; i++) {
      step();
      if (i % 20_000 == 0) {
        assertThat(test.content()).as("seed " + seed).isEqualTo(expected);
        expected.forEach(
            (key, value) ->
                assertThat(store.entries().version(test.find(key)))
                    .as("seed " + seed)
                    .isEqualTo(value.version()));
      }
    }
    assertThat(refused).as("seed " + seed).isZero();
    assertThat(store.keyCount()).as("seed " + seed).isLessThan(keysEver / 2);
    assertThat(store.slots().bytes()).as("seed " + seed).isLessThan(MAX_BYTES + (MAX_BYTES >> 1));
  }
}
