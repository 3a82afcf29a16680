package io.zproc.codec;

import static io.zproc.codec.PlainData.decode;
import static io.zproc.codec.PlainData.encode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zproc.codec.PlainData.Colour;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CodecsTest {
  record Leg(String from, Colour colour) {}

  record Route(long id, List<Leg> legs, Map<String, Stop> stops, Double length, Shape shape) {}

  record Stop(Instant at, BigDecimal fare) {}

  record Tree(Tree left, Tree right) {}

  record Box<T>(T content) {}

  record Positive(int value) {
    Positive {
      if (value <= 0) {
        throw new IllegalArgumentException("not positive: " + value);
      }
    }
  }

  record Bad(int fine, Thread thread) {}

  record Sorted(TreeMap<String, String> map) {}

  record Tags(Set<String> tags) {}

  record Nothing() {}

  sealed interface Shape permits Circle, Line {}

  record Circle(float radius) implements Shape {}

  record Line(short length) implements Shape {}

  @Test
  void shouldRoundTripRecordWhenItHasRecordsInside() {
    Codec<Route> codec = Codecs.ofRecord(Route.class);
    Route route =
        new Route(
            1,
            List.of(new Leg("a", Colour.GREEN), new Leg(null, null)),
            Map.of("x", new Stop(Instant.EPOCH, BigDecimal.TEN)),
            2.5,
            new Circle(1.5f));
    assertThat(decode(codec, encode(codec, route))).isEqualTo(route);
    assertThat(codec.decodeMutable(new ByteReader(encode(codec, route))).legs())
        .isExactlyInstanceOf(ArrayList.class);
    assertThat(decode(codec, encode(codec, null))).isNull();
  }

  @Test
  void shouldRoundTripRecordWhenRecursiveGenericOrEmpty() {
    Tree tree = new Tree(new Tree(null, null), null);
    Codec<Tree> trees = Codecs.forClass(Tree.class);
    assertThat(decode(trees, encode(trees, tree))).isEqualTo(tree);
    Codec<?> boxes = Codecs.ofRecord(Box.class);
    Box<Object> box = new Box<>(List.of(1));
    assertThat(decode(boxes, encode(boxes, box))).isEqualTo(box);
    Codec<Nothing> nothings = Codecs.ofRecord(Nothing.class);
    assertThat(decode(nothings, encode(nothings, new Nothing()))).isEqualTo(new Nothing());
  }

  @Test
  void shouldAcceptListOfOtherNumberTypesWhenNothingIsLost() {
    Codec<Route> codec = Codecs.ofRecord(Route.class);
    byte[] bytes = encode(PlainCodec.standard(), Arrays.asList(7, null, null, 3, null));
    assertThat(decode(codec, bytes)).isEqualTo(new Route(7, null, null, 3.0, null));
  }

  @Test
  void shouldRefuseDataWhenItDoesNotFitRecord() {
    Codec<Stop> codec = Codecs.ofRecord(Stop.class);
    assertMalformed(codec, List.of(1), "has 2 components, the data 1");
    assertMalformed(codec, Arrays.asList("now", null), "component at of the record");
    assertMalformed(codec, "text", "a list is expected, a string is there");
    Codec<Positive> positives = Codecs.ofRecord(Positive.class);
    assertMalformed(positives, List.of(-1), "not positive: -1");
    assertMalformed(positives, Arrays.asList((Object) null), "the data has null");
    assertMalformed(positives, List.of(1L << 40), "java.lang.Long 1099511627776");
  }

  @Test
  void shouldRefuseRecordWhenComponentHasNoEncoding() {
    assertThatThrownBy(() -> Codecs.ofRecord(Bad.class))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessageContaining("java.lang.Thread")
        .hasMessageContaining("component thread of " + Bad.class.getName());
    assertThatThrownBy(() -> Codecs.ofRecord(Sorted.class))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessageContaining("declare it as such");
    PlainCodec.Builder builder = PlainCodec.builder().register(Bad.class);
    assertThatThrownBy(builder::build)
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessageContaining("component thread");
  }

  @Test
  void shouldEncodeEnumAsItsName() {
    Codec<Colour> codec = Codecs.ofEnum(Colour.class);
    assertThat(encode(codec, Colour.GREEN)).isEqualTo(encode(Codecs.string(), "GREEN"));
    assertThat(decode(codec, encode(codec, Colour.GREEN))).isEqualTo(Colour.GREEN);
    assertThat(decode(codec, encode(codec, null))).isNull();
    assertMalformed(codec, "BLUE", "has no constant BLUE");
    assertMalformed(codec, 1, "a name is expected, an integer is there");
  }

  @Test
  void shouldRefuseOtherClassWhenChecked() {
    assertThatThrownBy(() -> encode(Codecs.longs(), 5))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessageContaining("holds values of java.lang.Long, not java.lang.Integer 5");
    assertMalformed(Codecs.longs(), "text", "opened for values of java.lang.Long");
    assertMalformed(Codecs.string(), 1, "holds java.lang.Integer 1");
    assertMalformed(Codecs.longs(), 1.5, "holds java.lang.Double 1.5");
    assertThat(decode(Codecs.longs(), encode(Codecs.plain(), 5))).isEqualTo(5L);
    assertThat(decode(Codecs.bytes(), encode(Codecs.bytes(), null))).isNull();
  }

  @Test
  void shouldChooseCodecByClass() {
    assertThat(Codecs.forClass(Object.class)).isSameAs(Codecs.plain());
    roundTrip(Codecs.forClass(Colour.class), Colour.RED);
    roundTrip(Codecs.forClass(Leg.class), new Leg("a", Colour.RED));
    roundTrip(Codecs.forClass(Shape.class), new Line((short) 3));
    roundTrip(Codecs.forClass(List.class), List.of(1, "a"));
    roundTrip(Codecs.forClass(Number.class), 5L);
    roundTrip(Codecs.forClass(Instant.class), Instant.EPOCH);
    for (Class<?> type : List.of(Thread.class, int.class, int[].class, ArrayList.class)) {
      assertThatThrownBy(() -> Codecs.forClass(type))
          .isInstanceOf(UnsupportedValueException.class)
          .hasMessageContaining(type.getName());
    }
  }

  @Test
  void shouldWriteEqualBytesForEqualKeysWhenForKeys() {
    Codec<Tags> codec = Codecs.forKeys(Codecs.ofRecord(Tags.class));
    Tags one = new Tags(new LinkedHashSet<>(List.of("a", "b")));
    Tags other = new Tags(new LinkedHashSet<>(List.of("b", "a")));
    assertThat(encode(codec, one)).isEqualTo(encode(codec, other));
    assertThat(Codecs.forKeys(Codecs.plain())).isSameAs(PlainCodec.canonical());
  }

  private static void roundTrip(Codec<?> codec, Object value) {
    assertThat(decode(codec, encode(codec, value))).isEqualTo(value);
  }

  private static void assertMalformed(Codec<?> codec, Object stored, String message) {
    byte[] bytes = encode(PlainCodec.standard(), stored);
    assertThatThrownBy(() -> decode(codec, bytes))
        .isInstanceOf(MalformedValueException.class)
        .hasMessageContaining(message);
  }
}
