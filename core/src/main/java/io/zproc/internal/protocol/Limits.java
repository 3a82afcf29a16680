package io.zproc.internal.protocol;

/** Sizes that both sides of the protocol keep to, in bytes. */
public final class Limits {
  /** The longest encoded key. */
  public static final int MAX_KEY = 1024;

  /** The longest message: a commit with all its keys and values, and so the longest value. */
  public static final int MAX_MESSAGE = 16 << 20;

  /** The longest command: such a message, passed on by a gateway. */
  public static final int MAX_COMMAND = MAX_MESSAGE + Relay.HEADER_LENGTH;

  /** What a commit of one value needs around it. */
  public static final int MESSAGE_OVERHEAD = 2048;

  /** The longest encoded value. */
  public static final int MAX_VALUE = MAX_MESSAGE - MESSAGE_OVERHEAD;

  /** The longest name of a namespace. */
  public static final int MAX_NAMESPACE_NAME = 512;

  private Limits() {}
}
