package io.zproc.codec;

import static io.zproc.codec.PlainData.CODEC;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Whatever the bytes, decoding ends in a value or in MalformedValueException. */
class PlainCodecFuzzTest {

  @Provide
  Arbitrary<Object> values() {
    return PlainData.value();
  }

  @Test
  void shouldFailOnlyAsMalformedWhenBytesAreRandom() {
    SplittableRandom random = new SplittableRandom(42);
    for (int i = 0; i < 300_000; i++) {
      byte[] bytes = new byte[random.nextInt(1, 60)];
      random.nextBytes(bytes);
      read(bytes);
    }
  }

  @Test
  void shouldFailOnlyAsMalformedWhenBytesAreMostlyHeaders() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 300_000; i++) {
      byte[] bytes = new byte[random.nextInt(1, 60)];
      for (int k = 0; k < bytes.length; k++) {
        boolean header = random.nextInt(3) > 0;
        bytes[k] = (byte) (header ? random.nextInt(0x80, 0xe0) : random.nextInt(-1, 10));
      }
      read(bytes);
    }
  }

  @Property(tries = 150)
  void shouldFailOnlyAsMalformedWhenOneByteIsChanged(@ForAll("values") Object value) {
    byte[] bytes = PlainData.encode(CODEC, value);
    for (int i = 0; i < Math.min(bytes.length, 200); i++) {
      byte old = bytes[i];
      for (int change = 1; change < 256; change++) {
        bytes[i] = (byte) (old ^ change);
        read(bytes);
      }
      bytes[i] = old;
    }
  }

  @Property(tries = 300)
  void shouldFailAsMalformedWhenCutOff(@ForAll("values") Object value) {
    byte[] bytes = PlainData.encode(CODEC, value);
    for (int length = 0; length < bytes.length; length++) {
      assertThat(read(Arrays.copyOf(bytes, length))).isFalse();
    }
  }

  @Test
  void shouldNotAllocateByAnnouncedSizesWhenNested() {
    byte[] bytes = new byte[4 << 20];
    for (int i = 0; i < 60; i++) {
      bytes[i * 5] = (byte) Format.ARRAY32;
      bytes[i * 5 + 2] = 0x30;
    }
    bytes[60 * 5] = (byte) 0xc1;
    assertThat(read(bytes)).isFalse();
  }

  /** Whether the bytes were a value. */
  private static boolean read(byte[] bytes) {
    try {
      CODEC.decode(new ByteReader(bytes));
      return true;
    } catch (MalformedValueException e) {
      return false;
    }
  }
}
