package io.zproc.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads sizes in bytes such as {@code 1048576}, {@code 64k}, {@code 512m} or {@code 4g}. */
final class SizeConverter implements ITypeConverter<Long> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,18})([kmgt]?)");

  @Override
  public Long convert(String text) {
    Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
    if (matcher.matches()) {
      try {
        int power = " kmgt".indexOf(matcher.group(2).isEmpty() ? " " : matcher.group(2));
        return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << 10 * power);
      } catch (ArithmeticException e) {
        throw new TypeConversionException("'" + text + "' is more than a long can count");
      }
    }
    throw new TypeConversionException(
        "'" + text + "' is no size; expected bytes, or one such as 64k, 512m or 4g");
  }
}
