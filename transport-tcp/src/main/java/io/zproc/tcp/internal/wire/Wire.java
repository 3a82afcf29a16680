package io.zproc.tcp.internal.wire;

import io.zproc.codec.ByteWriter;

/** Numbers of the protocol that both ends keep to. */
public final class Wire {
  public static final int VERSION = 1;
  public static final int MAGIC = 0x5A50_5243; // ZPRC
  public static final int NONCE_LENGTH = 32;

  /** {@link FrameType#HELLO}: frames are as they are. */
  public static final byte MODE_CLEAR = 0;

  /** {@link FrameType#HELLO}: frames are signed. */
  public static final byte MODE_SIGNED = 1;

  /** {@link FrameType#HELLO}: frames are encrypted. */
  public static final byte MODE_ENCRYPTED = 2;

  /**
   * The longest slice of a command, a reply or of events in one frame, in bytes: as much as leaves
   * an encrypted frame within the 65,535 bytes of a message of Noise.
   */
  public static final int SLICE = 63 << 10;

  /** No frame is longer. */
  public static final int MAX_FRAME = SLICE + 256;

  /** Commands without a reply have so many bytes at most, or there is a single longer one. */
  public static final int MAX_UNANSWERED_BYTES = 256 << 10;

  /** How much of one reply a gateway sends ahead of {@link FrameType#MORE}, in bytes. */
  public static final int REPLY_WINDOW = 4 * SLICE;

  /** The most that one {@link FrameType#FETCH} may ask for, in bytes. */
  public static final int MAX_CREDIT = 256 << 10;

  /** {@link FrameType#OPEN} for commands. */
  public static final byte ROLE_COMMANDS = 1;

  /** {@link FrameType#OPEN} for events. */
  public static final byte ROLE_EVENTS = 2;

  /** {@link FrameType#OPENED}: nothing was before. */
  public static final byte FATE_NEW = 0;

  /** {@link FrameType#OPENED}: the session goes on; what was not answered is to be sent again. */
  public static final byte FATE_RESUMED = 1;

  /** {@link FrameType#OPENED}: the old one is not known, this is a new one. */
  public static final byte FATE_LOST = 2;

  /** {@link FrameType#FETCH}: what is left of trimmed events is wanted as well. */
  public static final int FETCH_KEPT = 1;

  /** {@link FrameType#FETCH}: if there is nothing, that need not be said. */
  public static final int FETCH_QUIETLY = 2;

  /** {@link FrameType#EVENTS}: the answer to the fetch ends with this frame. */
  public static final int EVENTS_END = 1;

  /** {@link FrameType#EVENTS}: there was nothing; another answer comes when there is. */
  public static final int EVENTS_WAITING = 2;

  private Wire() {}

  /**
   * @param share what the client gives to the keys of the connection
   */
  static byte[] hello(byte mode, byte[] share) {
    return helloHeader(mode).writeBytes(share).toByteArray();
  }

  /** What comes before the client's share. */
  static ByteWriter helloHeader(byte mode) {
    return new ByteWriter()
        .writeByte(FrameType.HELLO)
        .writeInt(MAGIC)
        .writeShort(VERSION)
        .writeByte(mode);
  }

  /**
   * @param share what the gateway gives to the keys of the connection
   */
  static byte[] welcome(byte mode, byte[] share) {
    return new ByteWriter()
        .writeByte(FrameType.WELCOME)
        .writeShort(VERSION)
        .writeByte(mode)
        .writeBytes(share)
        .toByteArray();
  }

  public static byte[] refused(int refusal) {
    return new ByteWriter()
        .writeByte(FrameType.REFUSED)
        .writeByte(refusal)
        .writeShort(VERSION)
        .toByteArray();
  }
}
