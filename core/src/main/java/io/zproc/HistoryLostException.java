package io.zproc;

/**
 * A watcher is so far behind that the journal no longer holds the revisions it needs; the message
 * names them.
 */
public final class HistoryLostException extends ZProcException {
  private static final long serialVersionUID = 1L;

  public HistoryLostException(String message) {
    super(message);
  }
}
