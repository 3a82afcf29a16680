package io.zproc.shm.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.zproc.codec.ByteWriter;
import io.zproc.internal.jvm.Opens;
import io.zproc.internal.protocol.ChangeKind;
import io.zproc.internal.protocol.Event;
import io.zproc.shm.internal.checkpoint.CheckpointReader;
import io.zproc.shm.internal.checkpoint.CheckpointWriter;
import io.zproc.shm.internal.layout.Control;
import io.zproc.shm.internal.os.Helper;
import io.zproc.testing.TestDirectories;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
  private final Path directory = TestDirectories.create();
  private final Helper helper = new Helper();
  private StateStore store;
  private long revision;

  /** What the state should be: namespace and key to version and value. */
  private final Map<String, String> expected = new TreeMap<>();

  @BeforeEach
  void open() {
    Opens.open();
    Control control = Control.openOrCreate(directory.resolve("control"));
    SlotStore slots = new SlotStore(directory, control, 1, 1L << 30, helper);
    slots.start();
    store = new StateStore(slots);
    for (int id = 1; id <= NAMESPACES; id++) {
      byte[] name = ("n" + id).getBytes(StandardCharsets.UTF_8);
      store.prepareNamespace(name);
      store.addNamespace(id, name, ++revision);
      expected.put("name " + id, revision + " n" + id);
    }
  }

  @AfterEach
  void close() {
    helper.close();
    TestDirectories.delete(directory);
  }

  private void change() {
    revision++;
    int namespace = 1 + random.nextInt(NAMESPACES);
    String key = "k" + random.nextInt(KEYS);
    int what = random.nextInt(100);
    if (what == 0 && random.nextInt(5) == 0) {
      store.clear(store.namespace(namespace), revision);
      expected.keySet().removeIf(name -> name.startsWith(namespace + " "));
    } else if (what < 20) {
      remove(namespace, key);
    } else {
      put(namespace, key, "v" + random.nextInt() + "x".repeat(length()));
    }
  }

  /** One in a hundred is so long that it is copied in parts. */
  private int length() {
    return random.nextInt(random.nextInt(100) == 0 ? 3 * Groundwork.LONG_VALUE : 300);
  }

  private void put(int namespace, String key, String value) {
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    Entry entry = store.ensure(namespace, keyBytes, 0, keyBytes.length, bytes.length);
    if (entry.length >= Groundwork.LONG_VALUE && random.nextBoolean()) {
      store.preserve(entry, random.nextInt(Groundwork.LONG_VALUE));
    }
    store.put(entry, revision, bytes, 0, bytes.length);
    expected.put(namespace + " " + key, revision + " " + value);
  }

  private void remove(int namespace, String key) {
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    Entry entry = store.find(namespace, keyBytes, 0, keyBytes.length);
    if (entry != null && entry.isPresent()) {
      store.remove(entry, revision);
      expected.remove(namespace + " " + key);
    }
  }

  private CheckpointReader copyWhileChanging() throws Exception {
    CheckpointWriter writer = new CheckpointWriter(directory, revision, 7, helper);
    StateCopy copy = new StateCopy(store, writer, revision);
    store.copyTo(copy);
    long copied = revision;
    do {
      change();
    } while (copy.advance(random.nextInt(200)));
    store.copyTo(null);
    writer.finish(new byte[] {1, 2, 3}).get();
    return CheckpointReader.open(directory, copied);
  }

  private static void add(Event event, Map<String, String> found) {
    while (event.nextChange()) {
      String key = new String(event.key(), StandardCharsets.UTF_8);
      String before =
          event.kind() == ChangeKind.NAMESPACE
              ? found.put("name " + event.namespace(), event.revision() + " " + key)
              : found.put(
                  event.namespace() + " " + key,
                  event.revision() + " " + new String(event.value(), StandardCharsets.UTF_8));
      assertThat(before).as("second entry of " + key).isNull();
    }
  }

  @Test
  void shouldHoldTheStateAsItWasWhenItChangesMeanwhile() throws Exception {
    for (int round = 0; round < 5; round++) {
      for (int i = 0; i < 1000; i++) {
        change();
      }
      Map<String, String> before = new TreeMap<>(expected);
      try (CheckpointReader reader = copyWhileChanging()) {
        assertThat(reader.isIntact()).isTrue();
        Map<String, String> found = new TreeMap<>();
        byte[] sessions = reader.readAll(event -> add(event, found));
        assertThat(found).as("seed " + seed).isEqualTo(before);
        assertThat(sessions).containsExactly(1, 2, 3);
        assertThat(inOrder(reader)).as("seed " + seed).isEqualTo(before);
      }
      assertThat(now()).as("seed " + seed).isEqualTo(expected);
    }
  }

  private static Map<String, String> inOrder(CheckpointReader reader) throws Exception {
    Map<String, String> found = new TreeMap<>();
    Event event = new Event();
    long last = 0;
    while (reader.next(last, event)) {
      assertThat(event.revision()).isGreaterThan(last);
      last = event.revision();
      add(event, found);
    }
    return found;
  }

  private Map<String, String> now() {
    Map<String, String> now = new TreeMap<>();
    for (int id = 1; id <= NAMESPACES; id++) {
      for (Entry entry : store.namespace(id).entries) {
        if (entry != null && entry.isPresent()) {
          ByteWriter value = new ByteWriter();
          store.read(entry, value);
          String text = new String(value.toByteArray(), StandardCharsets.UTF_8);
          String key = new String(entry.key, StandardCharsets.UTF_8);
          now.put(id + " " + key, entry.version + " " + text);
        }
      }
      now.put("name " + id, expected.get("name " + id));
    }
    return now;
  }
}
