package io.zproc.tcp.internal.gateway;

import io.zproc.internal.protocol.BatchEncoder;
import io.zproc.internal.protocol.MessageType;
import io.zproc.tcp.internal.wire.Wire;

/**
 * A command of a remote session, from its arrival until the client has its reply. The gateway's
 * thread only.
 */
final class RemoteCommand {
  final long sequence;
  final byte type;
  final int length;
  private final int flags;
  private byte[] bytes;
  private byte[] reply;
  private int replyLength;
  private boolean underWay;

  /** How much of the reply was sent. */
  int sent;

  /** Up to where the client wants it for now. */
  int window = Wire.REPLY_WINDOW;

  RemoteCommand(long sequence, byte[] bytes, int length) {
    this.sequence = sequence;
    this.bytes = bytes;
    this.length = length;
    type = bytes[0];
    flags = length > 1 ? bytes[1] : 0;
  }

  /** What goes to the server, in an array that may be longer; null once it is there. */
  byte[] bytes() {
    return bytes;
  }

  /** Takes the command once more: it has to be executed again. */
  void restore(byte[] again) {
    bytes = again;
  }

  /** Gives what goes to the server, which then has it. */
  byte[] takeBytes() {
    byte[] taken = bytes;
    bytes = null;
    underWay = true;
    return taken;
  }

  /** Whether the server has executed it. */
  boolean isDone() {
    return bytes == null && !underWay;
  }

  /** In an array that may be longer. */
  byte[] reply() {
    return reply;
  }

  int replyLength() {
    return replyLength;
  }

  /** The server has executed it; null stands for a reply that nobody needs. */
  void answer(byte[] value, int valueLength) {
    underWay = false;
    reply = value;
    replyLength = valueLength;
    sent = 0;
    window = Wire.REPLY_WINDOW;
  }

  void dropReply() {
    reply = null;
  }

  boolean isSent() {
    return reply != null && sent == replyLength;
  }

  /** Whether executing it again would be wrong; others need not be remembered when done. */
  boolean isOnce() {
    return type == MessageType.COMMIT || type == MessageType.TAKE_TURN;
  }

  boolean takesTurn() {
    return type == MessageType.TAKE_TURN;
  }

  boolean givesTurn() {
    return type == MessageType.GIVE_TURN
        || type == MessageType.COMMIT && (flags & BatchEncoder.GIVE_TURN) != 0;
  }
}
