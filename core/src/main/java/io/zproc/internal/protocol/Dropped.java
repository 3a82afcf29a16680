package io.zproc.internal.protocol;

import io.zproc.SessionLostException;

/** What those are told whose session has ended without them. */
public final class Dropped {
  private Dropped() {}

  /**
   * @param reason why the server, or else this client, has given it up
   */
  public static SessionLostException session(String reason) {
    return new SessionLostException(
        "the server has dropped this client's session: "
            + reason
            + "; whether the command under way took effect is unknown, the next one gets a new"
            + " session");
  }
}
