package io.zproc;

/** The shared files, or the server, are of another version; the message names both. */
public final class LayoutVersionException extends ZProcException {
  private static final long serialVersionUID = 1L;

  public LayoutVersionException(String message) {
    super(message);
  }
}
