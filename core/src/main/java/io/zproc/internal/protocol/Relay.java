package io.zproc.internal.protocol;

import io.zproc.codec.ByteWriter;

/**
 * A commit that a gateway passes on for a remote client. The journal gets the number of the remote
 * session and its own sequence, so that a server knows the commit again when it is repeated through
 * another gateway, after the death of the first one.
 *
 * <pre>
 *   type RELAY (1) | flags (1) | session (8) | sequence (8) | a commit, from its type on
 * </pre>
 *
 * Numbers of remote sessions are negative, those of sessions with the server itself positive.
 */
public final class Relay {
  /** What is before the commit, in bytes. */
  public static final int HEADER_LENGTH = 2 + 2 * Long.BYTES;

  /** The commit was sent before, to a server that may have applied it. */
  public static final int REPEATED = 1;

  /** A remote client has at most so many commits without a reply. */
  public static final int MAX_UNANSWERED = 1024;

  private Relay() {}

  /** Whether that is the number of a remote session. */
  public static boolean isRemote(long session) {
    return session < 0;
  }

  /** Writes what comes before the commit. */
  public static ByteWriter begin(ByteWriter out, int flags, long session, long sequence) {
    return out.writeByte(MessageType.RELAY).writeByte(flags).writeLong(session).writeLong(sequence);
  }
}
