package io.zproc.internal.protocol;

/** The commands a server understands: the first byte of each request. */
public final class MessageType {
  /** Any bytes; answered with the server's pid (8 bytes) and the same bytes. */
  public static final byte PING = 1;

  /** A name as text; answered with the namespace's number (4 bytes), which it gets if new. */
  public static final byte OPEN_NAMESPACE = 2;

  /** A conditional batch, see {@link BatchEncoder}. */
  public static final byte COMMIT = 3;

  /** A namespace's number; answered with revision, namespace version and count, 8 bytes each. */
  public static final byte COUNT = 4;

  /** A slice of a namespace, see {@link Scan}. */
  public static final byte SCAN = 5;

  /** Lease in nanoseconds (8 bytes); answered with the revision once the turn is granted. */
  public static final byte TAKE_TURN = 6;

  /** Nothing; gives a turn back without committing. */
  public static final byte GIVE_TURN = 7;

  /** Nothing; answered with pairs of text: name and value of what the server knows of itself. */
  public static final byte STATISTICS = 8;

  /**
   * A namespace's number and a key; answered with a revision (8 bytes), and the value's length (4)
   * and bytes. The revision wrote the value; a length of −1 says that since it at the latest the
   * key was not there.
   */
  public static final byte READ = 9;

  /** A commit of somebody who is not the session's client, see {@link Relay}. */
  public static final byte RELAY = 10;

  private MessageType() {}
}
