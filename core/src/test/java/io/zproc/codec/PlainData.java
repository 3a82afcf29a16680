package io.zproc.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Arbitrary plain data, without byte arrays, so that values can be compared with equals. */
final class PlainData {
  enum Colour {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "a constant with a body";
      }
    }
  }

  record Point(int x, double y, Object tag) {}

  static final PlainCodec CODEC =
      PlainCodec.builder().register(Colour.class).register("point", Point.class).build();

  private PlainData() {}

  static byte[] encode(Codec<?> codec, Object value) {
    @SuppressWarnings("unchecked")
    Codec<Object> any = (Codec<Object>) codec;
    ByteWriter out = new ByteWriter();
    any.encode(value, out);
    return out.toByteArray();
  }

  static Object decode(Codec<?> codec, byte[] bytes) {
    return codec.decode(new ByteReader(bytes));
  }

  /** Text without halves of surrogate pairs. */
  static Arbitrary<String> text() {
    return Arbitraries.strings()
        .withCharRange('\0', '\ud7ff')
        .withChars('\ufffd', '\uffff')
        .ofMaxLength(300)
        .map(text -> text.length() % 7 == 1 ? text + "\ud83d\ude00" : text);
  }

  static Arbitrary<Object> scalar() {
    return Arbitraries.oneOf(
        List.of(
            Arbitraries.just(null),
            Arbitraries.of(true, false).asGeneric(),
            Arbitraries.bytes().asGeneric(),
            Arbitraries.shorts().asGeneric(),
            Arbitraries.integers().asGeneric(),
            Arbitraries.longs().asGeneric(),
            Arbitraries.floats().asGeneric(),
            Arbitraries.doubles().asGeneric(),
            Arbitraries.chars().all().asGeneric(),
            text().asGeneric(),
            rare()));
  }

  private static Arbitrary<Object> rare() {
    Arbitrary<Long> longs = Arbitraries.longs();
    Arbitrary<Integer> nanos = Arbitraries.integers().between(0, 999_999_999);
    Arbitrary<Long> seconds =
        Arbitraries.longs().between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond());
    Arbitrary<BigInteger> big =
        Arbitraries.bigIntegers().between(BigInteger.TEN.pow(40).negate(), BigInteger.TEN.pow(40));
    return Arbitraries.oneOf(
        List.of(
            big.asGeneric(),
            Combinators.combine(big, Arbitraries.integers()).as(BigDecimal::new).asGeneric(),
            Combinators.combine(seconds, nanos).as(Instant::ofEpochSecond).asGeneric(),
            Combinators.combine(longs, nanos).as(Duration::ofSeconds).asGeneric(),
            Combinators.combine(longs, longs).as(UUID::new).asGeneric(),
            Arbitraries.of(Colour.class).asGeneric()));
  }

  static Arbitrary<Object> value() {
    return value(4);
  }

  private static Arbitrary<Object> value(int depth) {
    if (depth == 0) {
      return scalar();
    }
    Arbitrary<Object> inner = Arbitraries.lazy(() -> value(depth - 1));
    Arbitrary<List<Object>> list = inner.list().ofMaxSize(5);
    Arbitrary<Map<Object, Object>> map = Combinators.combine(list, list).as(PlainData::zip);
    Arbitrary<Point> point =
        Combinators.combine(Arbitraries.integers(), Arbitraries.doubles(), inner).as(Point::new);
    return Arbitraries.frequencyOf(
        Tuple.of(3, scalar()),
        Tuple.of(1, list.asGeneric()),
        Tuple.of(1, list.map(LinkedHashSet::new).asGeneric()),
        Tuple.of(1, map.asGeneric()),
        Tuple.of(1, point.asGeneric()));
  }

  private static Map<Object, Object> zip(List<Object> keys, List<Object> values) {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(keys.size(), values.size()); i++) {
      map.put(keys.get(i), values.get(i));
    }
    return map;
  }

  /** All classes in the iteration order, so that types are compared as well as values. */
  static String shape(Object value) {
    List<String> parts = new ArrayList<>();
    if (value instanceof List<?> list) {
      list.forEach(element -> parts.add(shape(element)));
      return "list" + parts;
    }
    if (value instanceof Set<?> set) {
      set.forEach(element -> parts.add(shape(element)));
      return "set" + parts;
    }
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, element) -> parts.add(shape(key) + "=" + shape(element)));
      return "map" + parts;
    }
    return value == null ? "null" : value.getClass().getSimpleName() + ":" + value;
  }
}
