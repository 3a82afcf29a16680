package io.zproc.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations such as {@code 500ms}, {@code 5s}, {@code 2m}, or {@code 0.5} in seconds. */
final class DurationConverter implements ITypeConverter<Duration> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h)?");

  @Override
  public Duration convert(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is no duration; expected one such as 500ms, 5s, 2m or 0.5");
    }
    BigDecimal nanos = new BigDecimal(matcher.group(1)).multiply(nanosOf(matcher.group(2)));
    Duration duration = Duration.ofNanos(nanos.longValue());
    if (duration.isZero()) {
      throw new TypeConversionException("'" + text + "' is too short");
    }
    return duration;
  }

  private static BigDecimal nanosOf(String unit) {
    if ("ms".equals(unit)) {
      return BigDecimal.valueOf(Duration.ofMillis(1).toNanos());
    }
    if ("m".equals(unit)) {
      return BigDecimal.valueOf(Duration.ofMinutes(1).toNanos());
    }
    return BigDecimal.valueOf(
        ("h".equals(unit) ? Duration.ofHours(1) : Duration.ofSeconds(1)).toNanos());
  }
}
