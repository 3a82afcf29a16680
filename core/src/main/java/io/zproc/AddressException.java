package io.zproc;

/** A server address that is malformed, or names a transport that is not on the class path. */
public final class AddressException extends ZProcException {
  private static final long serialVersionUID = 1L;

  public AddressException(String message) {
    super(message);
  }
}
