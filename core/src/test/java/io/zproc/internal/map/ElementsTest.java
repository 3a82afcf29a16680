package io.zproc.internal.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zproc.internal.process.Serialization;
import java.io.NotSerializableException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ElementsTest {
  private static Object[] copy(Object... elements) throws Exception {
    return Elements.read(Elements.write(elements), Serialization::read);
  }

  @Test
  void shouldKeepClassesAndValuesWhateverTheEncoding() throws Exception {
    Object[] plain = {
      null,
      true,
      (byte) 1,
      (short) 2,
      3,
      4L,
      5.5f,
      Double.NaN,
      -0.0,
      'c',
      "text",
      "",
      Long.MIN_VALUE
    };
    assertThat(copy(plain)).isEqualTo(plain);
    Object[] others = {List.of(1, "a"), Map.of("k", 2L), new BigDecimal("1.50"), "text", 3};
    assertThat(copy(others)).isEqualTo(others);
    assertThat(copy()).isEmpty();
  }

  @Test
  void shouldWriteNumbersInFewBytes() throws Exception {
    assertThat(Elements.write(new Object[] {1, 2, 3})).hasSizeLessThan(25);
  }

  @Test
  void shouldKeepStringsThatAreNoUnicode() throws Exception {
    Object[] half = {"half a pair: \ud800", 1};
    assertThat(copy(half)).isEqualTo(half);
  }

  @Test
  void shouldRefuseWhatIsNotSerializable() {
    assertThatThrownBy(() -> copy(1, new Object())).isInstanceOf(NotSerializableException.class);
  }
}
