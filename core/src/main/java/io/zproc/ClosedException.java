package io.zproc;

/** A context, state, watch or connection was used after it was closed. */
public final class ClosedException extends ZProcException {
  private static final long serialVersionUID = 1L;

  public ClosedException(String message) {
    super(message);
  }
}
