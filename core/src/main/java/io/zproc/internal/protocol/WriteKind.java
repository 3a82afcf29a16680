package io.zproc.internal.protocol;

/** What a commit may do. */
public final class WriteKind {
  public static final byte PUT = 1;
  public static final byte REMOVE = 2;

  /** Removes every key of a namespace. */
  public static final byte CLEAR = 3;

  /** Adds a number to the value, which must be a number or absent. */
  public static final byte ADD = 4;

  private WriteKind() {}
}
