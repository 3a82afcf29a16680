package io.zproc.codec;

import io.zproc.ZProcException;

/** A value of a class that has no encoding was given to a state; the message names the class. */
public final class UnsupportedValueException extends ZProcException {
  private static final long serialVersionUID = 1L;

  public UnsupportedValueException(String message) {
    super(message);
  }
}
