package io.zproc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class JsonTest {

  @Property(tries = 500)
  void shouldReadWhatItPrintedWhenDataIsPlain(@ForAll("plainData") Object value) {
    assertThat(JsonParser.parse(JsonPrinter.print(value))).isEqualTo(value);
  }

  @Provide
  Arbitrary<Object> plainData() {
    Arbitrary<Object> scalars =
        Arbitraries.oneOf(
            Arbitraries.of(true, false).asGeneric(),
            Arbitraries.longs().asGeneric(),
            Arbitraries.bigIntegers()
                .greaterOrEqual(BigInteger.ONE.shiftLeft(64))
                .lessOrEqual(BigInteger.ONE.shiftLeft(99))
                .asGeneric(),
            Arbitraries.doubles().asGeneric(),
            Arbitraries.strings().asGeneric());
    return Arbitraries.lazyOf(
        () -> scalars,
        () -> scalars,
        () -> plainData().list().ofMaxSize(4).map(ArrayList::new).asGeneric(),
        () ->
            Arbitraries.maps(Arbitraries.strings().ofMaxLength(5), plainData())
                .ofMaxSize(4)
                .map(LinkedHashMap::new)
                .asGeneric());
  }

  @Test
  void shouldChooseTypesWhenReadingNumbers() {
    assertThat(JsonParser.parse("[0, -1, 9223372036854775808, 1.0, 1e2, 1e400]"))
        .isEqualTo(
            List.of(
                0L,
                -1L,
                new BigInteger("9223372036854775808"),
                1.0,
                100.0,
                new BigDecimal("1e400")));
  }

  @Test
  void shouldReadEscapesAndSpaceWhenTheyAreThere() {
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("aé\n/", List.of());
    expected.put("b", null);
    assertThat(JsonParser.parse(" { \"a\\u00e9\\n\\/\" : [ ] , \"b\" : null }\n"))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello", "2 apples", "01", "-", "truex", "nul", "1.5.2", "", "@x"})
  void shouldTakeATextAsAStringWhenItIsNoJson(String text) {
    assertThat(JsonParser.parseLenient(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":|a value is expected at character 6",
        "[1,]|a value is expected at character 4",
        "{\"a\" 1}|':' is expected at character 6",
        "[1 2]|']' is expected at character 4",
        "{a:1}|a string in double quotes is expected at character 2",
        "[\"a]|the string has no end at character 5",
        "[\"\\x\"]|no such escape at character 4",
        "[\"\\u12g4\"]|four hexadecimal digits are expected at character 7",
        "{} {}|nothing more is expected at character 4",
      })
  void shouldSayWhereWhenJsonIsMalformed(String text, String sentence) {
    assertThatThrownBy(() -> JsonParser.parseLenient(text))
        .isInstanceOf(JsonException.class)
        .hasMessage(sentence);
  }

  @Test
  void shouldRefuseJsonWhenItIsNestedDeeperThanAValueMayBe() {
    assertThatThrownBy(() -> JsonParser.parse("[".repeat(100_000)))
        .isInstanceOf(JsonException.class)
        .hasMessageStartingWith("at most 64 levels");
  }

  @Test
  void shouldPrintReadablyWhenJsonHasNoSuchType() {
    UUID uuid = new UUID(1, 2);
    Map<Object, Object> value = new LinkedHashMap<>();
    value.put(1L, Instant.EPOCH);
    value.put("d", Duration.ofMillis(1500));
    value.put("u", uuid);
    value.put("b", new byte[] {1, 2, 3});
    value.put("s", Set.of('x'));
    value.put("n", List.of(Double.NaN, Float.NEGATIVE_INFINITY, (byte) 1));
    assertThat(JsonPrinter.print(value))
        .isEqualTo(
            "{\"1\":\"1970-01-01T00:00:00Z\",\"d\":\"PT1.5S\",\"u\":\""
                + uuid
                + "\",\"b\":\"AQID\",\"s\":[\"x\"],\"n\":[\"NaN\",\"-Infinity\",1]}");
  }
}
