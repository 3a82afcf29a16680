package io.zproc.shm.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.zproc.internal.jvm.Opens;
import io.zproc.shm.internal.offheap.PagePool;
import io.zproc.shm.internal.os.Memory;
import io.zproc.shm.internal.slots.SlotKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any history of keys leaves in the table what a hash map has. */
@Timeout(60)
class KeyTableTest {
  private static final int NAMESPACES = 3;
  private static final int SLOT_BYTES = 256;
  private static final int SLOTS_PER_PAGE = PagePool.PAGE_BYTES / SLOT_BYTES;

  private record Key(int namespace, String name) {}

  private final long seed =
      Long.getLong("zproc.test.seed", ThreadLocalRandom.current().nextInt(1_000_000));
  private final Random random = new Random(seed);
  private final PagePool pool = new PagePool();
  private final Entries entries = new Entries(pool);
  private final KeyTable table = new KeyTable(entries, pool);
  private final Map<Key, Integer> expected = new HashMap<>();
  private final List<Key> known = new ArrayList<>();
  private long page;
  private int slotsOfPage = SLOTS_PER_PAGE;

  @BeforeAll
  static void open() {
    Opens.open();
  }

  @AfterEach
  void close() {
    pool.close();
  }

  private static byte[] bytes(Key key) {
    return key.name.getBytes(StandardCharsets.UTF_8);
  }

  /** A slot with the key in front of it, as a map has it. */
  private long slot(byte[] key) {
    if (slotsOfPage == SLOTS_PER_PAGE) {
      page = pool.take();
      slotsOfPage = 0;
    }
    long slot = page + (long) slotsOfPage++ * SLOT_BYTES + SLOT_BYTES / 2;
    Memory.copyIn(key, 0, SlotKey.address(slot, key.length), key.length);
    return slot;
  }

  private int find(Key key, int hash) {
    byte[] bytes = bytes(key);
    return table.find(key.namespace, bytes, 0, bytes.length, hash);
  }

  private void add(IntUnaryOperator hashes, int number) {
    Key key = new Key(random.nextInt(NAMESPACES), "key" + number);
    byte[] bytes = bytes(key);
    int entry = entries.add(key.namespace, hash(hashes, key), bytes.length, slot(bytes), 0);
    table.add(entry);
    assertThat(expected.put(key, entry)).isNull();
    known.add(key);
  }

  private void remove() {
    int index = random.nextInt(known.size());
    Key key = known.set(index, known.get(known.size() - 1));
    known.remove(known.size() - 1);
    int entry = expected.remove(key);
    table.remove(entry);
    entries.remove(entry);
  }

  private static int hash(IntUnaryOperator hashes, Key key) {
    return hashes.applyAsInt(key.name.hashCode());
  }

  private void check(IntUnaryOperator hashes, int numbers) {
    assertThat(table.size()).as("seed " + seed).isEqualTo(expected.size());
    for (int namespace = 0; namespace < NAMESPACES; namespace++) {
      for (int number = 0; number < numbers; number++) {
        Key key = new Key(namespace, "key" + number);
        assertThat(find(key, hash(hashes, key)))
            .as("%s, seed %d", key, seed)
            .isEqualTo(expected.getOrDefault(key, Entries.NONE));
      }
    }
  }

  /** So many bits of hashes tell keys apart. */
  @ParameterizedTest
  @ValueSource(ints = {32, 11, 3})
  void shouldFindWhatIsThereWhenKeysComeAndGo(int bits) {
    IntUnaryOperator hashes = hash -> hash >>> (Integer.SIZE - bits);
    int numbers = bits > 3 ? 20_000 : 2_000;
    for (int number = 0; number < numbers; number++) {
      add(hashes, number);
      if (random.nextInt(3) == 0) {
        remove();
      }
      if (number % (numbers / 4) == 0) {
        check(hashes, number + 1);
      }
    }
    while (!known.isEmpty()) {
      remove();
    }
    add(hashes, numbers);
    check(hashes, numbers + 1);
  }
}
