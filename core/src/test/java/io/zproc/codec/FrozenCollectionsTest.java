package io.zproc.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

@SuppressWarnings("unchecked")
class FrozenCollectionsTest {
  private final List<Object> list = (List<Object>) copy(Arrays.asList(3, null, 1));
  private final Set<Object> set = (Set<Object>) copy(new LinkedHashSet<>(Arrays.asList(3, null)));
  private final Map<Object, Object> map = (Map<Object, Object>) copy(map());

  private static Map<Object, Object> map() {
    Map<Object, Object> map = new LinkedHashMap<>();
    map.put("a", null);
    map.put(null, 2);
    return map;
  }

  private static Object copy(Object value) {
    return PlainData.decode(PlainCodec.standard(), PlainData.encode(PlainCodec.standard(), value));
  }

  @Test
  void shouldRefuseWhenListIsChanged() {
    assertCollectionRefuses(list);
    assertRefused(() -> list.add(0, 1));
    assertRefused(() -> list.addAll(0, List.of()));
    assertRefused(() -> list.set(0, 1));
    assertRefused(() -> list.remove(0));
    assertRefused(() -> list.sort(null));
    assertRefused(() -> list.replaceAll(element -> element));
    assertRefused(() -> list.subList(0, 2).set(0, 1));
    assertRefused(() -> list.subList(0, 2).clear());
    assertRefused(() -> afterNext(list.listIterator()).set(1));
    assertRefused(() -> afterNext(list.listIterator()).add(1));
  }

  @Test
  void shouldRefuseWhenSetIsChanged() {
    assertCollectionRefuses(set);
  }

  @Test
  void shouldRefuseWhenMapIsChanged() {
    assertRefused(() -> map.put("a", 1));
    assertRefused(() -> map.putAll(Map.of()));
    assertRefused(() -> map.putIfAbsent("a", 1));
    assertRefused(map::clear);
    assertRefused(() -> map.remove("a"));
    assertRefused(() -> map.remove("a", 1));
    assertRefused(() -> map.replace("a", 1));
    assertRefused(() -> map.replace("a", null, 1));
    assertRefused(() -> map.replaceAll((key, value) -> value));
    assertRefused(() -> map.computeIfAbsent("z", key -> 1));
    assertRefused(() -> map.computeIfPresent("a", (key, value) -> 1));
    assertRefused(() -> map.compute("a", (key, value) -> 1));
    assertRefused(() -> map.merge("a", 1, (one, other) -> 1));
  }

  @Test
  void shouldRefuseWhenViewOfMapIsChanged() {
    for (Collection<?> view : List.of(map.keySet(), map.values(), map.entrySet())) {
      assertCollectionRefuses((Collection<Object>) view);
    }
    assertRefused(() -> map.entrySet().iterator().next().setValue(1));
  }

  @Test
  void shouldRefuseWhenCollectionsAreEmpty() {
    assertRefused(() -> ((List<Object>) copy(List.of())).add(1));
    assertRefused(() -> ((Set<Object>) copy(Set.of())).add(1));
    assertRefused(() -> ((Map<Object, Object>) copy(Map.of())).put(1, 1));
  }

  @Test
  void shouldEqualOrdinaryCollections() {
    assertThat(list).isEqualTo(Arrays.asList(3, null, 1)).hasToString("[3, null, 1]");
    assertThat(Arrays.asList(3, null, 1)).isEqualTo(list).hasSameHashCodeAs(list);
    assertThat(new LinkedHashSet<>(Arrays.asList(null, 3))).isEqualTo(set).hasSameHashCodeAs(set);
    assertThat(set.equals(new LinkedHashSet<>(Arrays.asList(null, 3)))).isTrue();
    assertThat(map()).isEqualTo(map).hasSameHashCodeAs(map);
    assertThat(map.equals(map())).isTrue();
    assertThat(map.entrySet().equals(map().entrySet())).isTrue();
    assertThat(map.containsKey(null)).isTrue();
    assertThat(map.get("a")).isNull();
    assertThat(set.contains(null)).isTrue();
    assertThat(list.toArray(new Object[0])).containsExactly(3, null, 1);
  }

  @Test
  void shouldReturnOrdinaryCollectionsAtAllDepthsWhenMutable() {
    Map<Object, Object> value = map();
    value.put("deep", List.of(Set.of(1), Map.of(1, List.of())));
    byte[] bytes = PlainData.encode(PlainCodec.standard(), value);
    Map<Object, Object> decoded =
        (Map<Object, Object>) PlainCodec.standard().decodeMutable(new ByteReader(bytes));
    assertThat(decoded).isExactlyInstanceOf(LinkedHashMap.class);
    List<Object> deep = (List<Object>) decoded.get("deep");
    assertThat(deep).isExactlyInstanceOf(ArrayList.class);
    assertThat(deep.get(0)).isExactlyInstanceOf(LinkedHashSet.class);
    deep.add("more");
    ((List<Object>) ((Map<Object, Object>) deep.get(1)).get(1)).add("deeper");
    assertThat(decoded.toString()).contains("more").contains("deeper");
  }

  private static void assertCollectionRefuses(Collection<Object> collection) {
    assertRefused(() -> collection.add(1));
    assertRefused(() -> collection.addAll(List.of()));
    assertRefused(collection::clear);
    assertRefused(() -> collection.remove(1));
    assertRefused(() -> collection.removeAll(List.of()));
    assertRefused(() -> collection.removeIf(element -> false));
    assertRefused(() -> collection.retainAll(List.of()));
    assertRefused(() -> afterNext(collection.iterator()).remove());
  }

  private static <I extends Iterator<?>> I afterNext(I iterator) {
    iterator.next();
    return iterator;
  }

  private static void assertRefused(ThrowingCallable change) {
    assertThatThrownBy(change)
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("change it inside state.atomic(tx -> ...) and it is saved");
  }
}
