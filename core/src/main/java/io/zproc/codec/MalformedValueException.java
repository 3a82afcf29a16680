package io.zproc.codec;

import io.zproc.ZProcException;

/** Bytes that should be an encoded value, or a message of the protocol, are not. */
public final class MalformedValueException extends ZProcException {
  private static final long serialVersionUID = 1L;

  public MalformedValueException(String message) {
    super(message);
  }
}
