package io.zproc.cli;

/** A text is not JSON; the message says what is wrong at which character. */
final class JsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  JsonException(String message) {
    super(message);
  }
}
