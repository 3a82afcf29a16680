package io.zproc.tcp.internal.gateway;

import io.zproc.ProtocolException;
import io.zproc.ZProcException;
import io.zproc.codec.ByteReader;
import io.zproc.internal.protocol.ErrorCode;
import io.zproc.internal.protocol.Relay;
import io.zproc.tcp.internal.wire.FrameType;
import io.zproc.tcp.internal.wire.Wire;

/**
 * A remote client's session. It outlives its connections: what the client has sent and may send
 * again on the next one is known here, with its reply if it was a commit, so that nothing is done
 * twice. The gateway's thread only.
 *
 * <p>Commands come in slices, go through {@link CommandForwarder} to the server, and their replies
 * through {@link ReplySender} to the client. When the connection is lost, the turn is given back.
 */
final class RemoteSession implements Role {
  final long number;
  private final RemoteSessions sessions;
  private final Upload upload;
  private final CommandForwarder forwarder;
  private final ReplySender replies;

  private Peer peer;
  private long received;
  private long detachedAtNs;

  RemoteSession(RemoteSessions sessions, Backend backend, long number) {
    this.sessions = sessions;
    this.number = number;
    upload = new Upload(sessions.arrays);
    forwarder = new CommandForwarder(this, sessions, backend);
    replies = new ReplySender(sessions.arrays);
  }

  /** Goes on where the client was with a gateway before this one. */
  void goOn(long taken, long sent) {
    received = taken;
    forwarder.repeatUpTo(sent);
  }

  /** Takes a new connection of the client's; {@code taken} is the last reply that it has. */
  void attach(Peer connection, long taken) {
    peer = connection;
    upload.clear();
    replies.acknowledge(taken);
    replies.onConnected();
  }

  /** The connection that it has now, or null. */
  Peer peer() {
    return peer;
  }

  boolean isDetachedSince(long timeNs) {
    return peer == null && detachedAtNs - timeNs < 0;
  }

  @Override
  public void onGone() {
    peer = null;
    detachedAtNs = System.nanoTime();
    upload.clear();
    replies.onGone();
    advance();
  }

  @Override
  public void onFrame(byte type, ByteReader content) {
    switch (type) {
      case FrameType.COMMAND:
        takeSlice(content);
        break;
      case FrameType.MORE:
        replies.more(content.readLong(), content.readInt());
        break;
      default:
        throw new ProtocolException("a frame of type " + type + " in a session");
    }
    advance();
  }

  private void takeSlice(ByteReader content) {
    long sequence = content.readLong();
    replies.acknowledge(content.readLong());
    int length = content.readInt();
    requireAllowed(sequence, length);
    byte[] whole = upload.add(sequence, length, content.readInt(), content);
    if (whole != null && sequence <= received) {
      repeat(sequence, whole, length);
    } else if (whole != null) {
      received = sequence;
      RemoteCommand command = new RemoteCommand(sequence, whole, length);
      replies.add(command);
      forwarder.add(command);
    }
  }

  private void requireAllowed(long sequence, int length) {
    if (sequence > received + 1 || replies.size() > Relay.MAX_UNANSWERED) {
      throw new ProtocolException("command " + sequence + " behind " + received);
    }
    long unanswered = forwarder.unansweredBytes();
    if (sequence > received && unanswered > 0 && unanswered + length > Wire.MAX_UNANSWERED_BYTES) {
      throw new ProtocolException(
          "a command of " + length + " bytes beside " + unanswered + " without a reply");
    }
  }

  /** A command that came before: only one that was done, and whose reply is gone, is done again. */
  private void repeat(long sequence, byte[] whole, int length) {
    RemoteCommand command = replies.find(sequence);
    if (command == null || command.length != length) {
      throw new ProtocolException(
          "command " + sequence + " again, with another length or after its reply was taken");
    }
    if (command.isDone() && command.reply() == null) {
      command.restore(whole);
      forwarder.add(command);
    } else {
      sessions.arrays.giveBack(whole);
    }
  }

  /** Takes replies from the server. Returns whether there were any. */
  boolean pump() {
    try {
      if (!forwarder.takeReplies()) {
        return false;
      }
    } catch (RuntimeException | OutOfMemoryError e) {
      fail(e);
      return true;
    }
    advance();
    return true;
  }

  /** Takes the server's reply to a command. Without a connection, only that of a commit is kept. */
  void onReply(RemoteCommand command, ByteReader content) {
    if (peer != null || command.isCommit()) {
      sessions.answer(command, content);
      replies.hold(command);
    } else {
      command.answer(null, 0);
    }
  }

  /** Goes on as far as it can. */
  void advance() {
    try {
      if (peer != null && replies.hasRoom()) {
        forwarder.forward();
      }
      if (peer != null) {
        replies.send(peer);
      }
      forwarder.release(peer != null);
    } catch (RuntimeException | OutOfMemoryError e) {
      fail(e);
    }
  }

  /** Ends this session; others go on. */
  private void fail(Throwable e) {
    forwarder.discard();
    sessions.end(this, e instanceof ZProcException ? String.valueOf(e.getMessage()) : "" + e);
  }

  /** Ends it for good; the turn, if it has it, is given back. A reason is told to the client. */
  void close(String reason) {
    if (peer != null && reason != null) {
      peer.sendLost(ErrorCode.SESSION_LOST, reason);
    }
    replies.clear();
    forwarder.clear();
    peer = null;
    advance();
  }
}
