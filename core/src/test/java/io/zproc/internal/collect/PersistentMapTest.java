package io.zproc.internal.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PersistentMapTest {
  /** One change: of which key, and to what; a removal when the version is negative. */
  record Change(int key, long version, boolean build) {}

  /** Hash functions from good to one value for all, so that collisions occur at all depths. */
  enum Hashing {
    REAL,
    TOP_BITS,
    FEW,
    ONE;

    int of(byte[] key, int number) {
      return switch (this) {
        case REAL -> PersistentMap.hash(key, 0, key.length);
        case TOP_BITS -> number << 29;
        case FEW -> number % 3 * 0x40000001;
        case ONE -> -1;
      };
    }
  }

  @Provide
  Arbitrary<List<Change>> changes() {
    Arbitrary<Integer> keys = Arbitraries.integers().between(0, 80);
    Arbitrary<Long> versions = Arbitraries.longs().between(-4, 5);
    Arbitrary<Boolean> builds = Arbitraries.integers().between(0, 9).map(i -> i == 0);
    return Combinators.combine(keys, versions, builds).as(Change::new).list().ofMaxSize(300);
  }

  @Property(tries = 500)
  void shouldBeAsHashMapWhenChangedOneByOne(
      @ForAll("changes") List<Change> changes, @ForAll Hashing hashing) {
    Map<Integer, Long> model = new HashMap<>();
    PersistentMap map = PersistentMap.empty();
    for (Change change : changes) {
      PersistentMap before = map;
      int oldSize = model.size();
      boolean absent = !model.containsKey(change.key);
      map = apply(map, change, hashing, model);
      assertThat(before.size()).isEqualTo(oldSize);
      if (change.version < 0 && absent) {
        assertThat(map).isSameAs(before);
      }
    }
    assertSame(map, model, hashing);
  }

  @Property(tries = 500)
  void shouldKeepOldVersionsWhenBuilderAndMapAreMixed(
      @ForAll("changes") List<Change> changes, @ForAll Hashing hashing) {
    Map<Integer, Long> model = new HashMap<>();
    List<PersistentMap> versions = new ArrayList<>();
    List<Map<Integer, Long>> models = new ArrayList<>();
    PersistentMap.Builder builder = PersistentMap.builder();
    for (Change change : changes) {
      apply(builder, change, hashing, model);
      assertThat(builder.size()).isEqualTo(model.size());
      if (change.build) {
        versions.add(builder.build());
        models.add(new HashMap<>(model));
      }
      if (change.build && change.key % 2 == 0) {
        PersistentMap map = apply(builder.build(), change, hashing, model);
        versions.add(map);
        models.add(new HashMap<>(model));
        builder = map.toBuilder();
      }
    }
    assertSame(builder.build(), model, hashing);
    for (int i = 0; i < versions.size(); i++) {
      assertSame(versions.get(i), models.get(i), hashing);
    }
  }

  @Property(tries = 200)
  void shouldHaveOneShapeWhateverTheHistory(@ForAll("changes") List<Change> changes) {
    Map<Integer, Long> model = new HashMap<>();
    PersistentMap map = PersistentMap.empty();
    PersistentMap.Builder builder = PersistentMap.builder();
    for (Change change : changes) {
      map = apply(map, change, Hashing.REAL, model);
      apply(builder, change, Hashing.REAL, model);
    }
    PersistentMap fresh = PersistentMap.empty();
    for (Map.Entry<Integer, Long> entry : model.entrySet()) {
      fresh = fresh.with(entry(entry.getKey(), entry.getValue(), Hashing.REAL));
    }
    assertThat(order(map)).isEqualTo(order(fresh));
    assertThat(order(builder.build())).isEqualTo(order(fresh));
  }

  @Test
  void shouldFindAllWhenMany() {
    PersistentMap.Builder builder = PersistentMap.builder();
    for (int i = 0; i < 100_000; i++) {
      builder.put(entry(i, i, Hashing.REAL));
    }
    PersistentMap map = builder.build();
    assertThat(map.size()).isEqualTo(100_000);
    for (int i = 0; i < 100_000; i++) {
      assertThat(map.get(key(i)).version).isEqualTo(i);
    }
    assertThat(map.get(key(100_000))).isNull();
    PersistentMap.Builder remover = map.toBuilder();
    for (int i = 0; i < 100_000; i++) {
      remover.remove(key(i), Hashing.REAL.of(key(i), i));
    }
    assertThat(remover.build()).isSameAs(PersistentMap.empty());
    assertThat(map.get(key(77)).version).isEqualTo(77);
  }

  @Test
  void shouldFindKeyWhenItIsRangeOfArray() {
    PersistentMap map = PersistentMap.empty().with(new Entry(ascii("key"), ascii("v"), 1));
    byte[] message = ascii("..key..");
    assertThat(map.get(message, 2, 3, PersistentMap.hash(message, 2, 3)).version).isEqualTo(1);
    assertThat(map.get(message, 2, 4, PersistentMap.hash(message, 2, 4))).isNull();
  }

  @Test
  void shouldEndIterationWhenEmpty() {
    Iterator<Entry> entries = PersistentMap.empty().iterator();
    assertThat(entries.hasNext()).isFalse();
    assertThatThrownBy(entries::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void shouldReturnSameMapWhenBuilderChangedNothing() {
    PersistentMap map = PersistentMap.empty().with(entry(1, 1, Hashing.REAL));
    assertThat(map.toBuilder().remove(key(2), 5).build()).isSameAs(map);
  }

  @Test
  void shouldHashAllBytesAndSpreadThemWhenKeysAreAlike() {
    Set<Integer> hashes = new HashSet<>();
    Set<Integer> lowBits = new HashSet<>();
    int keys = 0;
    for (int length = 0; length < 40; length++) {
      for (int at = 0; at < length; at++) {
        for (int bit = 0; bit < 8; bit++) {
          byte[] key = new byte[length];
          key[at] = (byte) (1 << bit);
          int hash = PersistentMap.hash(key, 0, length);
          hashes.add(hash);
          lowBits.add(hash & 0xffff);
          keys++;
        }
      }
    }
    assertThat(hashes).hasSize(keys);
    assertThat(lowBits.size()).isGreaterThan(keys * 9 / 10);
  }

  private static PersistentMap apply(
      PersistentMap map, Change change, Hashing hashing, Map<Integer, Long> model) {
    if (change.version < 0) {
      model.remove(change.key);
      return map.without(key(change.key), hashing.of(key(change.key), change.key));
    }
    model.put(change.key, change.version);
    return map.with(entry(change.key, change.version, hashing));
  }

  private static void apply(
      PersistentMap.Builder builder, Change change, Hashing hashing, Map<Integer, Long> model) {
    if (change.version < 0) {
      model.remove(change.key);
      builder.remove(key(change.key), hashing.of(key(change.key), change.key));
    } else {
      model.put(change.key, change.version);
      builder.put(entry(change.key, change.version, hashing));
    }
  }

  private static void assertSame(PersistentMap map, Map<Integer, Long> model, Hashing hashing) {
    assertThat(map.size()).isEqualTo(model.size());
    for (int number = 0; number <= 80; number++) {
      byte[] key = key(number);
      Entry found = map.get(key, 0, key.length, hashing.of(key, number));
      assertThat(found == null ? null : (Long) found.version).isEqualTo(model.get(number));
    }
    Map<Integer, Long> iterated = new HashMap<>();
    map.iterator().forEachRemaining(e -> assertThat(iterated.put(number(e), e.version)).isNull());
    assertThat(iterated).isEqualTo(model);
    Map<Integer, Long> visited = new HashMap<>();
    map.forEach(e -> visited.put(number(e), e.version));
    assertThat(visited).isEqualTo(model);
  }

  private static List<Integer> order(PersistentMap map) {
    List<Integer> keys = new ArrayList<>();
    map.iterator().forEachRemaining(entry -> keys.add(number(entry)));
    return keys;
  }

  private static Entry entry(int key, long version, Hashing hashing) {
    byte[] bytes = key(key);
    return new Entry(bytes, hashing.of(bytes, key), bytes, version);
  }

  private static byte[] key(int number) {
    return ByteBuffer.allocate(4).putInt(number).array();
  }

  private static int number(Entry entry) {
    return ByteBuffer.wrap(entry.key).getInt();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
