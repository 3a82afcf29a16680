package io.zproc.internal.protocol;

/** How a command ended: the first byte of each reply. */
public final class ReplyStatus {
  public static final byte OK = 0;

  /** A condition did not hold: its index follows (4 bytes). Nothing was changed. */
  public static final byte CONFLICT = 1;

  /** An {@link ErrorCode} (2 bytes) and a sentence follow. Nothing was changed. */
  public static final byte ERROR = 2;

  private ReplyStatus() {}
}
