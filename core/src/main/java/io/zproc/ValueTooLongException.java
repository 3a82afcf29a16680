package io.zproc;

/**
 * A key, a value or a whole commit is longer than the limit that the message names. Nothing was
 * changed.
 */
public final class ValueTooLongException extends ZProcException {
  private static final long serialVersionUID = 1L;

  public ValueTooLongException(String message) {
    super(message);
  }
}
