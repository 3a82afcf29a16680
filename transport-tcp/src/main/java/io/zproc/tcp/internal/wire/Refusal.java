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
      default:
        return "it says that it does not know this connection";
    }
  }
}
