package io.zproc.shm.internal.layout;

/**
 * A session's file: two rings between one client and the server.
 *
 * <pre>
 *      0  magic (8) | number (8)       by the client
 *     64  client parked (4)            by the client and the server
 *    128  request ring                 client to server, see {@link RingDescriptor}
 *         reply ring                   server to client
 * </pre>
 */
public final class SessionDescriptor {
  /** "ZPROCSES" as bytes in memory. */
  public static final long MAGIC = 0x5345_5343_4F52_505AL;

  public static final int MAGIC_OFFSET = 0;
  public static final int NUMBER_OFFSET = MAGIC_OFFSET + Long.BYTES;
  public static final int CLIENT_PARKED_OFFSET = 64;
  public static final int REQUEST_RING_OFFSET = CLIENT_PARKED_OFFSET + 64;
  public static final int RING_CAPACITY = 128 << 10;
  public static final int REPLY_RING_OFFSET =
      REQUEST_RING_OFFSET + RingDescriptor.HEADER_LENGTH + RING_CAPACITY;
  public static final int LENGTH = REPLY_RING_OFFSET + RingDescriptor.HEADER_LENGTH + RING_CAPACITY;

  private SessionDescriptor() {}
}
