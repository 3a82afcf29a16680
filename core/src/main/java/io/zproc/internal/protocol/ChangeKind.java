package io.zproc.internal.protocol;

/** The kinds of change in an event of the journal. */
public final class ChangeKind {
  public static final byte PUT = 1;
  public static final byte REMOVE = 2;
  public static final byte CLEAR = 3;

  /** A name got the next namespace number. */
  public static final byte NAMESPACE = 4;

  /** A server started; nothing changed. */
  public static final byte START = 5;

  private ChangeKind() {}
}
