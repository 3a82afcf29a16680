package io.zproc.shm.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.zproc.CapacityException;
import io.zproc.codec.ByteWriter;
import io.zproc.internal.jvm.Opens;
import io.zproc.shm.internal.layout.Control;
import io.zproc.shm.internal.os.Helper;
import io.zproc.testing.TestDirectories;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
  private final Path directory = TestDirectories.create();
  private final Helper helper = new Helper();
  private StateStore store;
  private long revision;
  private int keysEver;
  private int refused;

  private record Key(int namespace, String name) {}

  private record Value(String text, long version) {}

  private final Map<Key, Value> expected = new HashMap<>();

  /** Those of {@code expected}, and some that were removed. */
  private final List<Key> recent = new ArrayList<>();

  @BeforeEach
  void open() {
    Opens.open();
    Control control = Control.openOrCreate(directory.resolve("control"));
    SlotStore slots = new SlotStore(directory, control, 1, MAX_BYTES, helper);
    slots.start();
    store = new StateStore(slots);
    for (int id = 1; id <= NAMESPACES; id++) {
      byte[] name = ("n" + id).getBytes(StandardCharsets.UTF_8);
      store.prepareNamespace(name);
      store.addNamespace(id, name, ++revision);
    }
  }

  @AfterEach
  void close() {
    helper.close();
    TestDirectories.delete(directory);
  }

  private void step() {
    revision++;
    int what = random.nextInt(10_000);
    if (what == 0) {
      int namespace = 1 + random.nextInt(NAMESPACES);
      store.clear(store.namespace(namespace), revision);
      expected.keySet().removeIf(key -> key.namespace == namespace);
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
    byte[] name = key.name.getBytes(StandardCharsets.UTF_8);
    int longest = LONGEST[random.nextInt(LONGEST.length)];
    String text = revision + "x".repeat(random.nextInt(longest));
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      Entry entry = store.ensureReclaiming(key.namespace, name, 0, name.length, bytes.length);
      store.put(entry, revision, bytes, 0, bytes.length);
      expected.put(key, new Value(text, revision));
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
    Entry entry = find(key);
    assertThat(entry != null && entry.isPresent()).isEqualTo(expected.containsKey(key));
    if (entry != null && entry.isPresent()) {
      store.remove(entry, revision);
      expected.remove(key);
    }
  }

  private Entry find(Key key) {
    byte[] name = key.name.getBytes(StandardCharsets.UTF_8);
    return store.find(key.namespace, name, 0, name.length);
  }

  private Map<Key, Value> now() {
    Map<Key, Value> now = new HashMap<>();
    for (int id = 1; id <= NAMESPACES; id++) {
      for (Entry entry : store.namespace(id).entries) {
        if (entry != null && entry.isPresent()) {
          ByteWriter value = new ByteWriter();
          store.read(entry, value);
          String name = new String(entry.key, StandardCharsets.UTF_8);
          String text = new String(value.toByteArray(), StandardCharsets.UTF_8);
          now.put(new Key(id, name), new Value(text, entry.version));
        }
      }
    }
    return now;
  }

  @Test
  void shouldKeepEveryPresentValueWhenKeysComeAndGo() {
    for (int i = 1; i <= STEPS; i++) {
      step();
      if (i % 20_000 == 0) {
        assertThat(now()).as("seed " + seed).isEqualTo(expected);
        expected.forEach(
            (key, value) ->
                assertThat(find(key).version).as("seed " + seed).isEqualTo(value.version));
      }
    }
    assertThat(refused).as("seed " + seed).isZero();
    assertThat(store.keyCount()).as("seed " + seed).isLessThan(keysEver / 2);
    assertThat(store.slots().bytes()).as("seed " + seed).isLessThan(MAX_BYTES + (MAX_BYTES >> 1));
  }
}
