package io.zproc;

/** Something that was waited for did not happen in time. The message names it and the time. */
public class ZProcTimeoutException extends ZProcException {
  private static final long serialVersionUID = 1L;

  public ZProcTimeoutException(String message) {
    super(message);
  }
}
