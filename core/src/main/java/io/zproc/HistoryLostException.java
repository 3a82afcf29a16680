package io.zproc;

/**
 * The revisions that a watcher needs are gone; the message names them. Either the watcher is so far
 * behind that the journal no longer holds them, or a server with another state, an empty one say,
 * has taken the address. {@link State#goLive} goes on with what is there now; so does a new watch.
 */
public final class HistoryLostException extends ZProcException {
  private static final long serialVersionUID = 1L;

  public HistoryLostException(String message) {
    super(message);
  }
}
