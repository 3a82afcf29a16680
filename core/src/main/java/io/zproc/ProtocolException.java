package io.zproc;

/** A peer sent bytes that are no message of the protocol. */
public final class ProtocolException extends ZProcException {
  private static final long serialVersionUID = 1L;

  public ProtocolException(String message) {
    super(message);
  }
}
