package io.zproc.internal.protocol;

import io.zproc.HistoryLostException;
import io.zproc.SessionLostException;

/**
 * What those are told whose state was replaced by another one.
 *
 * <p>{@code replacement} is what {@link io.zproc.spi.Connection#replacement} says.
 */
public final class Replaced {
  private Replaced() {}

  /**
   * @param position of who watches
   */
  public static HistoryLostException history(String replacement, long position) {
    return new HistoryLostException(
        "what was committed behind revision "
            + position
            + " is not known: "
            + replacement
            + ". To go on with that one, open another watch, or call goLive() on the state");
  }

  /**
   * @param isUnderWay whether a command was sent and not answered
   */
  public static SessionLostException session(String replacement, boolean isUnderWay) {
    String fate =
        isUnderWay
            ? "whether the command under way took effect in the one before is unknown"
            : "the command was not sent";
    return new SessionLostException(
        replacement
            + "; "
            + fate
            + ". The next command goes to that one; what was begun before, such as a transaction,"
            + " has to be begun again, with a new pipeline if it was one");
  }
}
