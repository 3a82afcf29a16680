package io.zproc.shm.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.zproc.internal.protocol.ChangeKind;
import io.zproc.internal.protocol.Event;
import io.zproc.shm.internal.checkpoint.CheckpointReader;
import io.zproc.shm.internal.checkpoint.CheckpointWriter;
import io.zproc.shm.internal.server.TestStore.Key;
import io.zproc.shm.internal.server.TestStore.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A checkpoint is made while commits go on. */
@Timeout(60)
class StateCopyTest {
  private static final int NAMESPACES = 3;
  private static final int KEYS = 400;

  private final long seed =
      Long.getLong("zproc.test.seed", ThreadLocalRandom.current().nextInt(1_000_000));
  private final Random random = new Random(seed);
  private final TestStore test = new TestStore(NAMESPACES, 1L << 30);
  private final StateStore store = test.store;

  /** What the state should be. */
  private final Map<Key, Value> expected = new HashMap<>();

  @AfterEach
  void close() {
    test.close();
  }

  private void change() {
    test.revision++;
    int namespace = 1 + random.nextInt(NAMESPACES);
    Key key = new Key(namespace, "k" + random.nextInt(KEYS));
    int what = random.nextInt(100);
    if (what == 0 && random.nextInt(5) == 0) {
      store.clear(store.namespace(namespace), test.revision);
      expected.keySet().removeIf(each -> each.namespace() == namespace);
    } else if (what >= 20) {
      put(key, "v" + random.nextInt() + "x".repeat(length()));
    } else if (test.isPresent(key)) {
      store.remove(test.find(key), test.revision);
      expected.remove(key);
    }
  }

  /** One in a hundred is so long that it is copied in parts. */
  private int length() {
    return random.nextInt(random.nextInt(100) == 0 ? 3 * Groundwork.LONG_VALUE : 300);
  }

  private void put(Key key, String value) {
    byte[] name = TestStore.bytes(key.name());
    byte[] bytes = TestStore.bytes(value);
    int entry = store.ensure(key.namespace(), name, 0, name.length, bytes.length);
    if (store.entries().length(entry) >= Groundwork.LONG_VALUE && random.nextBoolean()) {
      store.preserve(entry, random.nextInt(Groundwork.LONG_VALUE));
    }
    store.put(entry, test.revision, bytes, 0, bytes.length);
    expected.put(key, new Value(test.revision, value));
  }

  private CheckpointReader copyWhileChanging() throws Exception {
    CheckpointWriter writer = new CheckpointWriter(test.directory, test.revision, 7, test.helper);
    StateCopy copy = new StateCopy(store, writer, test.revision);
    store.copyTo(copy);
    long copied = test.revision;
    do {
      change();
    } while (copy.advance(random.nextInt(200)));
    store.copyTo(null);
    writer.finish(new byte[] {1, 2, 3}).get();
    return CheckpointReader.open(test.directory, copied);
  }

  private static void add(Event event, Map<Key, Value> found) {
    while (event.nextChange()) {
      String key = TestStore.text(event.key());
      Value before =
          event.kind() == ChangeKind.NAMESPACE
              ? found.put(new Key(0, key), new Value(event.revision(), "" + event.namespace()))
              : found.put(
                  new Key(event.namespace(), key),
                  new Value(event.revision(), TestStore.text(event.value())));
      assertThat(before).as("second entry of " + key).isNull();
    }
  }

  @Test
  void shouldHoldTheStateAsItWasWhenItChangesMeanwhile() throws Exception {
    for (int round = 0; round < 5; round++) {
      for (int i = 0; i < 1000; i++) {
        change();
      }
      Map<Key, Value> before = new HashMap<>(expected);
      before.putAll(test.names);
      try (CheckpointReader reader = copyWhileChanging()) {
        assertThat(reader.isIntact()).isTrue();
        Map<Key, Value> found = new HashMap<>();
        byte[] sessions = reader.readAll(event -> add(event, found));
        assertThat(found).as("seed " + seed).isEqualTo(before);
        assertThat(sessions).containsExactly(1, 2, 3);
        assertThat(inOrder(reader)).as("seed " + seed).isEqualTo(before);
      }
      assertThat(test.content()).as("seed " + seed).isEqualTo(expected);
    }
  }

  private static Map<Key, Value> inOrder(CheckpointReader reader) throws Exception {
    Map<Key, Value> found = new HashMap<>();
    Event event = new Event();
    long last = 0;
    while (reader.next(last, event)) {
      assertThat(event.revision()).isGreaterThan(last);
      last = event.revision();
      add(event, found);
    }
    return found;
  }
}
