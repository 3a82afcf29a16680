package io.zproc;

/**
 * The exclusive right to commit was held beyond its lease and given to another. Nothing was
 * changed.
 */
public final class TurnLostException extends ZProcException {
  private static final long serialVersionUID = 1L;

  public TurnLostException(String message) {
    super(message);
  }
}
