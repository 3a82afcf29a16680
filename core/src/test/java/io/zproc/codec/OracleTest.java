package io.zproc.codec;

import static io.zproc.codec.PlainData.decode;
import static io.zproc.codec.PlainData.encode;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.ValueFactory;

/** Standard types against the reference implementation of MessagePack, in both directions. */
class OracleTest {
  private static final PlainCodec CODEC = PlainCodec.standard();

  @Provide
  Arbitrary<String> texts() {
    return PlainData.text();
  }

  @Provide
  Arbitrary<Instant> instants() {
    Arbitrary<Long> seconds =
        Arbitraries.oneOf(
            Arbitraries.longs().between(0, 1L << 35),
            Arbitraries.longs()
                .between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()));
    Arbitrary<Integer> nanos =
        Arbitraries.oneOf(Arbitraries.just(0), Arbitraries.integers().between(0, 999_999_999));
    return Combinators.combine(seconds, nanos).as(Instant::ofEpochSecond);
  }

  @Property
  void shouldWriteSameBytesAsReferenceWhenTextOrBinary(
      @ForAll("texts") String text, @ForAll byte[] bytes, @ForAll double d, @ForAll float f)
      throws IOException {
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packer.packArrayHeader(6).packString(text).packNil().packBoolean(true);
      packer.packBinaryHeader(bytes.length).writePayload(bytes).packDouble(d).packFloat(f);
      List<Object> list = new ArrayList<>();
      list.add(text);
      list.add(null);
      list.add(true);
      list.add(bytes);
      list.add(d);
      list.add(f);
      assertThat(encode(CODEC, list)).isEqualTo(packer.toByteArray());
    }
  }

  @Property
  void shouldBeReadByReferenceWhenNumbersAreInMap(
      @ForAll byte b, @ForAll short s, @ForAll int i, @ForAll long l) throws IOException {
    byte[] bytes = encode(CODEC, Map.of("numbers", List.of(b, s, i, l)));
    try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(bytes)) {
      assertThat(unpacker.unpackValue())
          .isEqualTo(
              ValueFactory.newMap(
                  ValueFactory.newString("numbers"),
                  ValueFactory.newArray(
                      ValueFactory.newInteger(b),
                      ValueFactory.newInteger(s),
                      ValueFactory.newInteger(i),
                      ValueFactory.newInteger(l))));
    }
  }

  @Property
  void shouldReadIntegersWhenReferenceChoosesTheWidth(@ForAll long value) throws IOException {
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packer.packLong(value);
      Number decoded = (Number) decode(CODEC, packer.toByteArray());
      assertThat(decoded.longValue()).isEqualTo(value);
    }
  }

  @Property
  void shouldReadBigIntegersWhenReferenceWroteUnsigned(@ForAll long bits) throws IOException {
    BigInteger value = new BigInteger(Long.toUnsignedString(bits));
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packer.packBigInteger(value);
      assertThat(new BigInteger(decode(CODEC, packer.toByteArray()).toString())).isEqualTo(value);
    }
  }

  @Property
  void shouldReadAndWriteSameTimestampsAsReference(@ForAll("instants") Instant instant)
      throws IOException {
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packer.packTimestamp(instant);
      assertThat(decode(CODEC, packer.toByteArray())).isEqualTo(instant);
    }
    byte[] bytes = encode(CODEC, instant);
    try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(bytes)) {
      assertThat(unpacker.unpackTimestamp()).isEqualTo(instant);
    }
  }

  @Property
  void shouldBeWellFormedForReferenceWhateverTheValue(@ForAll("values") Object value)
      throws IOException {
    byte[] bytes = encode(PlainData.CODEC, value);
    try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(bytes)) {
      unpacker.skipValue();
      assertThat(unpacker.hasNext()).isFalse();
    }
  }

  @Provide
  Arbitrary<Object> values() {
    return PlainData.value();
  }
}
