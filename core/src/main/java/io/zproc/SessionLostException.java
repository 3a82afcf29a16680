package io.zproc;

/**
 * The session of the command under way was lost, and the message says why: the server has dropped
 * it, or a server with another state has taken the address. Whether the command took effect is
 * unknown, unless the message says that it was not sent; the next command opens another session.
 */
public final class SessionLostException extends ZProcException {
  private static final long serialVersionUID = 1L;

  public SessionLostException(String message) {
    super(message);
  }
}
