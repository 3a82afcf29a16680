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

  /** What goes to the server, in an array that may be longer; null once it is there. */
  private byte[] bytes;

  private byte[] reply;
  private int replyLength;
  private boolean underWay;

  private int sent;

  /** Up to where the client wants the reply for now. */
  private int window = Wire.REPLY_WINDOW;

  RemoteCommand(long sequence, byte[] bytes, int length) {
    this.sequence = sequence;
    this.bytes = bytes;
    this.length = length;
    type = bytes[0];
    flags = length > 1 ? bytes[1] : 0;
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
    rewind();
  }

  /** Nothing of the reply was sent on this connection. */
  void rewind() {
    sent = 0;
    window = Wire.REPLY_WINDOW;
  }

  /** How much of the reply was sent, in bytes. */
  int sent() {
    return sent;
  }

  void onSent(int count) {
    sent += count;
  }

  /** The client has so much of the reply. */
  void openWindow(int offset) {
    window = Math.max(window, offset + Wire.REPLY_WINDOW);
  }

  /** Whether more of the reply is to be sent now. */
  boolean isSliceWanted() {
    return sent < replyLength && sent < window;
  }

  void dropReply() {
    reply = null;
  }

  boolean isSent() {
    return reply != null && sent == replyLength;
  }

  boolean isCommit() {
    return type == MessageType.COMMIT;
  }

  /** Whether executing it again would be wrong; others need not be remembered when done. */
  boolean isOnce() {
    return isCommit() || takesTurn();
  }

  boolean takesTurn() {
    return type == MessageType.TAKE_TURN;
  }

  boolean givesTurn() {
    return type == MessageType.GIVE_TURN || isCommit() && (flags & BatchEncoder.GIVE_TURN) != 0;
  }
}
