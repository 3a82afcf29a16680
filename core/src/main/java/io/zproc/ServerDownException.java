package io.zproc;

/**
 * No server answered at this address by the deadline. What was acknowledged before is kept; whether
 * a command that was under way took effect is unknown.
 */
public final class ServerDownException extends ZProcException {
  private static final long serialVersionUID = 1L;

  public ServerDownException(String message) {
    super(message);
  }
}
