package io.zproc.tcp.internal.wire;

/** Why a gateway does not talk to a connection. */
public final class Refusal {
  /** It does not know it, or has lost track of it: connect anew. */
  public static final int UNKNOWN = 1;

  /** It speaks to those only who have its secret key. */
  public static final int NEEDS_KEY = 2;

  /** It has no secret key. */
  public static final int HAS_NO_KEY = 3;

  /** It speaks another version. */
  public static final int VERSION = 4;

  /** It speaks to those only who encrypt. */
  public static final int NEEDS_ENCRYPTION = 5;

  /** It has another secret key. */
  public static final int WRONG_KEY = 6;

  /** What it may be when keys do not fit. */
  public static final String CHECK_KEYS =
      "check that server and client have the same secretKey, and whether something on the"
          + " way changes what is sent";

  private Refusal() {}

  /** In words, for the one who was refused. */
  public static String text(int refusal, int version) {
    switch (refusal) {
      case NEEDS_KEY:
        return "it says that it has a secret key, and this client has none: set secretKey";
      case HAS_NO_KEY:
        return "it says that it has no secret key: start it with one, or connect without";
      case VERSION:
        return "it says that it speaks version "
            + version
            + " of the protocol, and this client "
            + Wire.VERSION;
      case NEEDS_ENCRYPTION:
        return "it says that it serves those only who encrypt: call encrypt() beside secretKey";
      case WRONG_KEY:
        return "it says that it has another secret key: " + CHECK_KEYS;
      default:
        return "it says that it does not know this connection";
    }
  }
}
