package io.zproc.spi;

import io.zproc.AddressException;
import java.util.Locale;

/**
 * A server address, {@code scheme://location}: {@code ipc:///dev/shm/zproc-1000/quotes} for a
 * directory on this host, {@code tcp://host:port} for another one.
 *
 * @param scheme in lower case, {@code ipc} or {@code tcp}
 * @param location what the scheme makes of it, never empty
 */
public record Address(String scheme, String location) {

  /**
   * @throws AddressException when {@code text} is not of that form, saying what is expected
   */
  public static Address parse(String text) {
    if (text == null) {
      throw new AddressException("the server address is null; " + EXPECTED);
    }
    int end = text.indexOf("://");
    if (end <= 0 || end + 3 == text.length()) {
      throw new AddressException("malformed server address '" + text + "'; " + EXPECTED);
    }
    String scheme = text.substring(0, end).toLowerCase(Locale.ROOT);
    String location = text.substring(end + 3);
    if (location.isBlank() || location.indexOf('\0') >= 0) {
      throw new AddressException("malformed server address '" + text + "'; " + EXPECTED);
    }
    return new Address(scheme, location);
  }

  private static final String EXPECTED = "expected ipc://DIRECTORY or tcp://HOST:PORT";

  @Override
  public String toString() {
    return scheme + "://" + location;
  }
}
