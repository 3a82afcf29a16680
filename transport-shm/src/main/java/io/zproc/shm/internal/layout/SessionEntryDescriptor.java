package io.zproc.shm.internal.layout;

/**
 * One session in the table of the control file; a cache line.
 *
 * <pre>
 *   0  state (4) | reason (4)      by the client that holds the session's lock; DROPPED by the server
 *   8  number (8)                  the session's, never given twice in a directory
 *  16  epoch (8)                   of the server that the client has attached to
 *  24  pid (8)
 * </pre>
 */
public final class SessionEntryDescriptor {
  public static final int STATE_OFFSET = 0;
  public static final int REASON_OFFSET = STATE_OFFSET + Integer.BYTES;
  public static final int NUMBER_OFFSET = REASON_OFFSET + Integer.BYTES;
  public static final int EPOCH_OFFSET = NUMBER_OFFSET + Long.BYTES;
  public static final int PID_OFFSET = EPOCH_OFFSET + Long.BYTES;
  public static final int LENGTH = 64;

  /** Nobody's. */
  public static final int FREE = 0;

  /** The client has made its rings and asks the server to serve them. */
  public static final int ATTACHING = 1;

  /** The server serves it. */
  public static final int ATTACHED = 2;

  /** The client is done with it. */
  public static final int CLOSING = 3;

  /** The server refuses to serve it any longer; the reason says why. */
  public static final int DROPPED = 4;

  /** Values of the reason. */
  public static final int BAD_FILE = 1;

  public static final int BAD_RING = 2;
  public static final int TOO_MUCH_PENDING = 3;

  private SessionEntryDescriptor() {}

  public static String reasonText(int reason) {
    switch (reason) {
      case BAD_FILE:
        return "its file was truncated or overwritten";
      case BAD_RING:
        return "its request ring held bytes that are no message";
      case TOO_MUCH_PENDING:
        return "it did not take its replies";
      default:
        return "reason " + reason;
    }
  }
}
