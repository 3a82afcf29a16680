package io.zproc;

/** The root of all failures of this library; unchecked. */
public class ZProcException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ZProcException(String message) {
    super(message);
  }

  public ZProcException(String message, Throwable cause) {
    super(message, cause);
  }
}
