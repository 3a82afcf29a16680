package io.zproc;

/**
 * The state, its journal or the memory under it has reached its configured size. Nothing was
 * changed.
 */
public final class CapacityException extends ZProcException {
  private static final long serialVersionUID = 1L;

  public CapacityException(String message) {
    super(message);
  }
}
