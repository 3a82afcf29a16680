package io.zproc.codec;

import static io.zproc.codec.PlainData.decode;
import static io.zproc.codec.PlainData.encode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PlainNumbersTest {
  private static final PlainCodec CODEC = PlainCodec.standard();

  @Property
  void shouldReadAnyIntegerTypeAsLong(
      @ForAll long l, @ForAll int i, @ForAll short s, @ForAll byte b) {
    assertThat(decodeLong(l)).isEqualTo(l);
    assertThat(decodeLong(i)).isEqualTo(i);
    assertThat(decodeLong(s)).isEqualTo(s);
    assertThat(decodeLong(b)).isEqualTo(b);
    assertThat(decodeDouble(i)).isEqualTo(i);
  }

  @Property
  void shouldReadFloatsAsDouble(@ForAll double d, @ForAll float f) {
    assertThat(decodeDouble(d)).isEqualTo(d);
    assertThat(decodeDouble(f)).isEqualTo(f);
  }

  @Property
  void shouldWriteWhatPlainCodecWrites(
      @ForAll long l, @ForAll int i, @ForAll double d, @ForAll float f) {
    ByteWriter out = new ByteWriter();
    PlainNumbers.encodeLong(l, out);
    PlainNumbers.encodeInt(i, out);
    PlainNumbers.encodeDouble(d, out);
    PlainNumbers.encodeFloat(f, out);
    ByteReader in = new ByteReader(out.toByteArray());
    assertThat(CODEC.decode(in)).isEqualTo(l);
    assertThat(CODEC.decode(in)).isEqualTo(i);
    assertThat(CODEC.decode(in)).isEqualTo(d);
    assertThat(CODEC.decode(in)).isEqualTo(f);
    assertThat(in.remaining()).isZero();
  }

  @Property
  void shouldKeepWiderTypeWhenIntegersAreAdded(
      @ForAll long l, @ForAll int i, @ForAll short s, @ForAll byte b) {
    assertThat(sum((long) i, (int) s)).isEqualTo((long) i + s);
    assertThat(sum(s / 2, (short) (i % 1000))).isEqualTo(s / 2 + i % 1000);
    assertThat(sum((short) (s / 2), b)).isEqualTo((short) (s / 2 + b));
    assertThat(sum((byte) (b / 2), (byte) (s % 60))).isEqualTo((byte) (b / 2 + s % 60));
    assertThat(sum(l / 2, (long) i)).isEqualTo(l / 2 + i);
  }

  @Property
  void shouldAddAsJavaWhenOneIsFloatingPoint(@ForAll double d, @ForAll float f, @ForAll long l) {
    assertThat(sum(d, d)).isEqualTo(d + d);
    assertThat(sum(d, f)).isEqualTo(d + f);
    assertThat(sum(l, d)).isEqualTo(l + d);
    assertThat(sum(f, l)).isEqualTo((double) f + l);
    assertThat(sum(f, f / 3)).isEqualTo(f + f / 3);
  }

  @Test
  void shouldGiveDeltaWhenThereIsNoOldValue() {
    byte[] delta = encode(CODEC, 5L);
    ByteWriter out = new ByteWriter();
    PlainNumbers.add(null, 0, -1, delta, 0, delta.length, out);
    assertThat(decode(CODEC, out.toByteArray())).isEqualTo(5L);
  }

  @Test
  void shouldThrowWithValuesWhenSumDoesNotFit() {
    assertOverflow(Long.MAX_VALUE, 1L, "9223372036854775807 + 1 does not fit Long");
    assertOverflow(Long.MIN_VALUE, -1, "-9223372036854775808 + -1 does not fit Long");
    assertOverflow(Integer.MAX_VALUE, 1, "2147483647 + 1 does not fit Integer");
    assertOverflow(Short.MAX_VALUE, (short) 1, "32767 + 1 does not fit Short");
    assertOverflow((byte) -128, (byte) -1, "-128 + -1 does not fit Byte");
  }

  @Test
  void shouldNameWhatIsThereWhenItIsNoNumber() {
    assertThatThrownBy(() -> sum("text", 1L))
        .isInstanceOf(MalformedValueException.class)
        .hasMessage("a number is expected, a string is there");
    assertThatThrownBy(() -> sum(1L, null)).hasMessage("a number is expected, null is there");
    assertThatThrownBy(() -> sum(BigInteger.ONE, 1L)).hasMessageContaining("an extension value");
    assertThatThrownBy(() -> decodeLong(1.5))
        .isInstanceOf(MalformedValueException.class)
        .hasMessage("an integer is expected, a floating point number is there");
    assertThatThrownBy(() -> PlainNumbers.decodeLong(new byte[0], 0, 0))
        .isInstanceOf(MalformedValueException.class);
  }

  @Test
  void shouldReadUnsignedIntegersWhenOtherLanguagesWroteThem() {
    ByteWriter out = new ByteWriter().writeByteAndInt(Format.UINT32, -1);
    assertThat(PlainNumbers.decodeLong(out.array(), 0, 5)).isEqualTo(4_294_967_295L);
    out.clear().writeByteAndLong(Format.UINT64, -1);
    assertThatThrownBy(() -> PlainNumbers.decodeLong(out.array(), 0, 9))
        .isInstanceOf(MalformedValueException.class)
        .hasMessageContaining("18446744073709551615");
    out.clear().writeByte(Format.UINT8).writeByte(200);
    assertThat(PlainNumbers.decodeLong(out.array(), 0, 2)).isEqualTo(200);
  }

  @Property
  void shouldFailOnlyAsMalformedWhenBytesAreArbitrary(
      @ForAll byte[] bytes, @ForAll byte first, @ForAll long rest) {
    ByteWriter number = new ByteWriter().writeByteAndLong(first, rest);
    for (int length = 0; length <= 9; length++) {
      readAll(number.array(), length);
    }
    readAll(bytes, bytes.length);
  }

  private static void readAll(byte[] bytes, int length) {
    try {
      PlainNumbers.decodeDouble(bytes, 0, length);
      PlainNumbers.decodeLong(bytes, 0, length);
      PlainNumbers.add(bytes, 0, length, bytes, 0, length, new ByteWriter());
    } catch (MalformedValueException | ArithmeticException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  private static void assertOverflow(Object a, Object b, String message) {
    assertThatThrownBy(() -> sum(a, b)).isInstanceOf(ArithmeticException.class).hasMessage(message);
  }

  private static long decodeLong(Object value) {
    byte[] bytes = encode(CODEC, value);
    return PlainNumbers.decodeLong(bytes, 0, bytes.length);
  }

  private static double decodeDouble(Object value) {
    byte[] bytes = encode(CODEC, value);
    return PlainNumbers.decodeDouble(bytes, 0, bytes.length);
  }

  private static Object sum(Object a, Object b) {
    byte[] left = encode(CODEC, a);
    byte[] right = encode(CODEC, b);
    ByteWriter out = new ByteWriter();
    PlainNumbers.add(left, 0, left.length, right, 0, right.length, out);
    return decode(CODEC, out.toByteArray());
  }
}
