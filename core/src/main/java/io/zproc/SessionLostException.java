package io.zproc;

/**
 * The server has dropped this client's session, and the message says why; the next command opens
 * another.
 */
public final class SessionLostException extends ZProcException {
  private static final long serialVersionUID = 1L;

  public SessionLostException(String message) {
    super(message);
  }
}
