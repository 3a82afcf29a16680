package io.zproc;

/**
 * A target can not be sent to another process. The message names what it captures that is not
 * serializable, and by which fields it is reached. Nothing was started.
 */
public final class TargetNotSerializableException extends ZProcException {
  private static final long serialVersionUID = 1L;

  public TargetNotSerializableException(String message, Throwable cause) {
    super(message, cause);
  }
}
