package io.zproc.codec;

import static io.zproc.codec.PlainData.CODEC;
import static io.zproc.codec.PlainData.decode;
import static io.zproc.codec.PlainData.encode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zproc.codec.PlainData.Colour;
import io.zproc.codec.PlainData.Point;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PlainCodecTest {

  @Provide
  Arbitrary<Object> values() {
    return PlainData.value();
  }

  @Property(tries = 2000)
  void shouldReturnEqualValueOfSameTypesInSameOrderWhenDecoded(@ForAll("values") Object value) {
    byte[] bytes = encode(CODEC, value);
    ByteReader in = new ByteReader(bytes);
    Object decoded = CODEC.decode(in);
    assertThat(in.remaining()).isZero();
    assertThat(decoded).isEqualTo(value);
    assertThat(PlainData.shape(decoded)).isEqualTo(PlainData.shape(value));
    assertThat(encode(CODEC, decoded)).isEqualTo(bytes);
  }

  @Property(tries = 500)
  void shouldReturnSameValueWhenDecodedMutable(@ForAll("values") Object value) {
    Object decoded = CODEC.decodeMutable(new ByteReader(encode(CODEC, value)));
    assertThat(decoded).isEqualTo(value);
    assertThat(PlainData.shape(decoded)).isEqualTo(PlainData.shape(value));
  }

  @Property(tries = 500)
  void shouldReadWhatCanonicalVariantWrites(@ForAll("values") Object value) {
    assertThat(decode(CODEC, encode(CODEC.forKeys(), value))).isEqualTo(value);
  }

  @Test
  void shouldEncodeByteArraysWhenOfAnyLength() {
    for (int length : new int[] {0, 1, 255, 256, 65_535, 65_536, 100_000}) {
      byte[] value = new byte[length];
      Arrays.fill(value, (byte) 7);
      assertThat((byte[]) decode(CODEC, encode(CODEC, value))).isEqualTo(value);
    }
  }

  @Test
  void shouldKeepCollectionsWhenLargerThanTheirShortHeaders() {
    for (int size : new int[] {15, 16, 65_535, 65_536}) {
      List<Object> list = new ArrayList<>();
      Map<Object, Object> map = new LinkedHashMap<>();
      for (int i = 0; i < size; i++) {
        list.add(i);
        map.put(i, "v");
      }
      assertThat(decode(CODEC, encode(CODEC, list)).equals(list)).isTrue();
      assertThat(decode(CODEC, encode(CODEC, map)).equals(map)).isTrue();
      Set<Object> set = new LinkedHashSet<>(list);
      assertThat(decode(CODEC, encode(CODEC, set)).equals(set)).isTrue();
    }
  }

  @Test
  void shouldWriteEqualBytesForEqualKeysWhenCanonical() {
    Map<Object, Object> one = new LinkedHashMap<>();
    one.put("a", new LinkedHashSet<>(List.of(1, 2, 300)));
    one.put("b", null);
    Map<Object, Object> other = new HashMap<>();
    other.put("b", null);
    other.put("a", new LinkedHashSet<>(List.of(300, 2, 1)));
    PlainCodec keys = PlainCodec.canonical();
    assertThat(encode(keys, one)).isEqualTo(encode(keys, other));
    assertThat(encode(keys, new LinkedList<>(List.of(1)))).isEqualTo(encode(keys, List.of(1)));
    assertThat(encode(keys, Double.NaN))
        .isEqualTo(encode(keys, Double.longBitsToDouble(0x7ff8000000000123L)));
  }

  @Test
  void shouldNameClassAndPathWhenValueHasNoEncoding() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("jobs", new ArrayList<>(Arrays.asList(1, 2, 3, new Object())));
    assertThatThrownBy(() -> encode(CODEC, value))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessageStartingWith(
            "java.lang.Object has no encoding: list element 3 of java.util.ArrayList,"
                + " in the value of key \"jobs\" in java.util.LinkedHashMap. Use plain data");
  }

  @Test
  void shouldSayHowToRegisterWhenRecordOrEnumIsUnknown() {
    assertThatThrownBy(() -> encode(PlainCodec.standard(), List.of(new Point(1, 2, 3))))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessageContaining("PlainCodec.builder().register(Point.class)")
        .hasMessageContaining("list element 0");
    assertThatThrownBy(() -> encode(PlainCodec.standard(), Colour.GREEN))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessageContaining("register(Colour.class)");
    assertThatThrownBy(() -> decode(PlainCodec.standard(), encode(CODEC, Colour.RED)))
        .isInstanceOf(MalformedValueException.class)
        .hasMessageContaining(Colour.class.getName())
        .hasMessageContaining("register");
    assertThatThrownBy(() -> decode(PlainCodec.standard(), encode(CODEC, new Point(1, 2, 3))))
        .isInstanceOf(MalformedValueException.class)
        .hasMessageContaining("record point is not registered");
  }

  @Test
  void shouldRefuseValueWhenItContainsItself() {
    List<Object> list = new ArrayList<>();
    list.add(list);
    Map<Object, Object> map = new HashMap<>();
    map.put("me", map);
    for (Object value : List.of(list, map)) {
      assertThatThrownBy(() -> encode(CODEC, value))
          .isInstanceOf(UnsupportedValueException.class)
          .hasMessageContaining("nested deeper than 64 levels")
          .hasMessageContaining("contain itself");
    }
  }

  @Test
  void shouldAcceptExactlySixtyFourLevels() {
    Object value = 1;
    for (int i = 0; i < 64; i++) {
      value = Collections.singletonList(value);
    }
    assertThat(decode(CODEC, encode(CODEC, value))).isEqualTo(value);
    Object deeper = Collections.singletonList(value);
    assertThatThrownBy(() -> encode(CODEC, deeper)).isInstanceOf(UnsupportedValueException.class);
    byte[] bytes = new byte[66];
    Arrays.fill(bytes, (byte) 0x91);
    assertThatThrownBy(() -> decode(CODEC, bytes))
        .isInstanceOf(MalformedValueException.class)
        .hasMessageContaining("64");
  }

  @Test
  void shouldRefuseTextWhenItHasHalfASurrogatePair() {
    for (String text : List.of("a\ud800", "\udc00", "\ud800\ud800x")) {
      assertThatThrownBy(() -> encode(CODEC, text))
          .isInstanceOf(UnsupportedValueException.class)
          .hasMessageContaining("surrogate");
    }
  }

  @Test
  void shouldRefuseTextWhenItIsNotUtf8() {
    assertThatThrownBy(() -> decode(CODEC, new byte[] {(byte) 0xa2, 'a', (byte) 0xff}))
        .isInstanceOf(MalformedValueException.class)
        .hasMessageContaining("UTF-8");
    assertThat(decode(CODEC, encode(CODEC, "genuine \ufffd"))).isEqualTo("genuine \ufffd");
  }

  @Test
  void shouldChooseSmallestTypeWhenIntegerIsUnsigned() {
    ByteWriter out = new ByteWriter();
    out.writeByte(0x96).writeByte(0xcc).writeByte(200).writeByte(0xcd).writeShort(40_000);
    out.writeByteAndInt(0xce, 7).writeByteAndInt(0xce, -1);
    out.writeByteAndLong(0xcf, 1L << 40).writeByteAndLong(0xcf, -1);
    BigInteger largest = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
    assertThat(decode(CODEC, out.toByteArray()))
        .isEqualTo(List.of(200, 40_000, 7, 4_294_967_295L, 1L << 40, largest));
  }

  @Test
  void shouldRefuseCollectionWhenKeysRepeat() {
    assertThatThrownBy(() -> decode(CODEC, new byte[] {(byte) 0x82, 1, 1, 1, 2}))
        .isInstanceOf(MalformedValueException.class)
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> decode(CODEC, new byte[] {(byte) 0xc7, 3, 1, (byte) 0x92, 1, 1}))
        .isInstanceOf(MalformedValueException.class)
        .hasMessageContaining("twice");
  }

  @Test
  void shouldRefuseCollectionWhenItIsNoListSetOrMap() {
    assertThatThrownBy(() -> encode(CODEC, new ArrayDeque<>()))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessageContaining("java.util.ArrayDeque");
  }

  @Test
  void shouldRefuseRegistrationWhenNameOrClassIsTaken() {
    PlainCodec.Builder builder = PlainCodec.builder().register("a", Point.class);
    builder.register("a", Point.class);
    assertThatThrownBy(() -> builder.register("a", Colour.class))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.register("b", Point.class))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.register(String.class))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldNotSeeLaterRegistrationsWhenBuilt() {
    PlainCodec.Builder builder = PlainCodec.builder();
    PlainCodec before = builder.build();
    builder.register(Colour.class);
    assertThatThrownBy(() -> encode(before, Colour.RED))
        .isInstanceOf(UnsupportedValueException.class);
  }
}
