package io.zproc.internal.protocol;

/** What a commit may demand of the state it is applied to. */
public final class ConditionKind {
  /** The key is not there. */
  public static final byte ABSENT = 1;

  /** The key is there. */
  public static final byte PRESENT = 2;

  /** The key is there and was last written by that revision. */
  public static final byte VERSION = 3;

  /** The key is there with exactly these bytes. */
  public static final byte VALUE = 4;

  /** Nothing in the namespace was changed after that revision. */
  public static final byte NAMESPACE_VERSION = 5;

  private ConditionKind() {}
}
