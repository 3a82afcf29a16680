package io.zproc.tcp.internal.wire;

/**
 * What a frame is. Those above {@link #LAST_CLEAR} are sealed, see {@link FrameSeal}: with a
 * counter, with a key signed or encrypted. Each list below is the content; numbers are big-endian.
 */
public final class FrameType {
  /** A connection has ended; made by the gateway's own socket, never sent. */
  public static final byte GONE = 0;

  /** Client: magic (4), version (2), mode (1), its share of the keys. */
  public static final byte HELLO = 1;

  /** Gateway: version (2), mode (1), its share of the keys. */
  public static final byte WELCOME = 2;

  /** Gateway: a {@link Refusal} (1), version (2). A hint, since anybody could have sent it. */
  public static final byte REFUSED = 3;

  public static final byte LAST_CLEAR = 15;

  /**
   * Client: role (1), boot (8), session (8), the last sequence sent (8), the last one whose reply
   * was taken (8). Boot and session 0 ask for a new session; a watcher always sends 0.
   */
  public static final byte OPEN = 16;

  /** Client: sequence (8), replies taken (8), length of the command (4), offset (4), a slice. */
  public static final byte COMMAND = 17;

  /** Client: sequence (8), offset (4): asks for more of a long reply. */
  public static final byte MORE = 18;

  /** Client: number (8), after (8), offset (4), credit (4), interest (4), flags (1). */
  public static final byte FETCH = 19;

  /** Client: token (8). */
  public static final byte PROBE = 20;

  /** Client: nothing; ends the session. */
  public static final byte CLOSE = 21;

  /** Gateway: fate (1), boot (8), session (8), pid of the server (8), revision (8). */
  public static final byte OPENED = 32;

  /** Gateway: sequence (8), length of the reply (4), offset (4), a slice. */
  public static final byte REPLY = 33;

  /** Gateway: number (8), flags (1), bytes of the stream of events. */
  public static final byte EVENTS = 34;

  /** Gateway: token (8), pid of the server (8), revision (8). */
  public static final byte ALIVE = 35;

  /** Gateway: error code (2), a sentence. The session has ended. */
  public static final byte LOST = 36;

  /** Both: counter (8), and encrypted a type and its content, see {@link EncryptedSeal}. */
  public static final byte ENCRYPTED = 64;

  private FrameType() {}
}
