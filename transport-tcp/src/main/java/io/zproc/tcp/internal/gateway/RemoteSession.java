package io.zproc.tcp.internal.gateway;

import io.zproc.ProtocolException;
import io.zproc.ZProcException;
import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.internal.protocol.ErrorCode;
import io.zproc.internal.protocol.MessageType;
import io.zproc.internal.protocol.Relay;
import io.zproc.spi.Exchange;
import io.zproc.tcp.internal.wire.FrameType;
import io.zproc.tcp.internal.wire.Wire;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A remote client's session. It outlives its connections: what the client has sent and may send
 * again on the next one is known here, with its reply if it was a commit, so that nothing is done
 * twice. The gateway's thread only.
 *
 * <p>Commands go to the server in their order, through an exchange that the session has while
 * something is under way or it may hold the turn. When its connection is lost, the turn is given
 * back.
 */
final class RemoteSession implements Role {
  /** Longer commands may have to wait for room on their way to the server. */
  private static final int MAX_INLINE = 16 << 10;

  /** Bytes under way to the server that surely find room. */
  private static final int MAX_FORWARDED_BYTES = 32 << 10;

  /** More bytes of replies are not collected for a client that does not take them. */
  private static final long MAX_HELD_BYTES = 32L << 20;

  private static final RemoteCommand RENOUNCE =
      new RemoteCommand(0, new byte[] {MessageType.GIVE_TURN}, 1);

  final long number;
  private final RemoteSessions sessions;
  private final Backend backend;
  private final LargeArrays arrays;
  private final Upload upload;

  /** All that the client has no reply of, by sequence. */
  private final Deque<RemoteCommand> commands = new ArrayDeque<>();

  /** Those whose reply was not sent on this connection, by sequence. */
  private final Deque<RemoteCommand> unsent = new ArrayDeque<>();

  /** Those to be given to the server. */
  private final Deque<RemoteCommand> waiting = new ArrayDeque<>();

  /** Those that the server has. */
  private final Deque<RemoteCommand> forwarded = new ArrayDeque<>();

  private Peer peer;
  private Exchange exchange;
  private BulkSender.Delivery delivery;
  private long received;
  private long repeatedUpTo;
  private long forwardedBytes;

  /** Of those that wait or are forwarded. */
  private long unansweredBytes;

  private long heldBytes;
  private boolean mayHoldTurn;
  private long detachedAtNs;

  RemoteSession(RemoteSessions sessions, Backend backend, long number) {
    this.sessions = sessions;
    this.backend = backend;
    this.number = number;
    arrays = sessions.arrays;
    upload = new Upload(arrays);
  }

  /** Goes on where the client was with a gateway before this one. */
  void goOn(long taken, long sent) {
    received = taken;
    repeatedUpTo = sent;
  }

  /** Takes a new connection of the client's; {@code taken} is the last reply that it has. */
  void attach(Peer connection, long taken) {
    peer = connection;
    upload.clear();
    acknowledge(taken);
    unsent.clear();
    for (RemoteCommand command : commands) {
      command.sent = 0;
      command.window = Wire.REPLY_WINDOW;
      unsent.add(command);
    }
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
    unsent.clear();
    for (RemoteCommand command : commands) {
      if (command.type != MessageType.COMMIT) {
        forgetReply(command);
      }
    }
    advance();
  }

  @Override
  public void onFrame(byte type, ByteReader content) {
    switch (type) {
      case FrameType.COMMAND:
        takeSlice(content);
        break;
      case FrameType.MORE:
        more(content.readLong(), content.readInt());
        break;
      default:
        throw new ProtocolException("a frame of type " + type + " in a session");
    }
    advance();
  }

  private void takeSlice(ByteReader content) {
    long sequence = content.readLong();
    acknowledge(content.readLong());
    if (sequence > received + 1 || commands.size() > Relay.MAX_UNANSWERED) {
      throw new ProtocolException("command " + sequence + " behind " + received);
    }
    int length = content.readInt();
    if (sequence > received
        && unansweredBytes > 0
        && unansweredBytes + length > Wire.MAX_UNANSWERED_BYTES) {
      throw new ProtocolException(
          "a command of " + length + " bytes beside " + unansweredBytes + " without a reply");
    }
    byte[] whole = upload.add(sequence, length, content.readInt(), content);
    if (whole == null) {
      return;
    }
    if (sequence <= received) {
      repeat(sequence, whole, length);
      return;
    }
    received = sequence;
    RemoteCommand command = new RemoteCommand(sequence, whole, length);
    commands.add(command);
    unsent.add(command);
    await(command);
  }

  private void await(RemoteCommand command) {
    waiting.add(command);
    unansweredBytes += command.length;
  }

  /** A command that came before: only one that was done, and whose reply is gone, is done again. */
  private void repeat(long sequence, byte[] whole, int length) {
    for (RemoteCommand command : commands) {
      if (command.sequence == sequence && command.length == length) {
        if (command.isDone() && command.reply() == null) {
          command.restore(whole);
          await(command);
        } else {
          arrays.giveBack(whole);
        }
        return;
      }
    }
    throw new ProtocolException(
        "command " + sequence + " again, with another length or after its reply was taken");
  }

  private void acknowledge(long taken) {
    for (RemoteCommand next = commands.peek();
        next != null && next.sequence <= taken && next.isDone();
        next = commands.peek()) {
      forgetReply(commands.remove());
      if (unsent.peek() == next) {
        unsent.remove();
      }
    }
  }

  private void forgetReply(RemoteCommand command) {
    if (command.reply() != null) {
      heldBytes -= command.replyLength();
      arrays.giveBack(command.reply());
      command.dropReply();
    }
  }

  private void more(long sequence, int offset) {
    RemoteCommand first = unsent.peek();
    if (first == null || first.sequence != sequence) {
      acknowledgeWhole(sequence, offset);
    } else if (offset <= first.sent) {
      first.window = Math.max(first.window, offset + Wire.REPLY_WINDOW);
    }
  }

  /** All was sent; but only who says that all is there will not ask for it on a new connection. */
  private void acknowledgeWhole(long sequence, int offset) {
    for (RemoteCommand command : commands) {
      if (command.sequence == sequence && command.reply() != null) {
        if (offset >= command.replyLength()) {
          acknowledge(sequence);
        }
        return;
      }
    }
  }

  /** Takes replies from the server. Returns whether there were any. */
  boolean pump() {
    try {
      if (delivery != null && !delivery.isDone()) {
        return false;
      }
      endDelivery();
      int before = forwarded.size();
      for (ByteReader next = poll(); next != null; next = poll()) {
        answered(forwarded.remove(), next);
      }
      if (forwarded.size() == before) {
        return false;
      }
    } catch (RuntimeException | OutOfMemoryError e) {
      fail(e);
      return true;
    }
    advance();
    return true;
  }

  private void endDelivery() {
    if (delivery != null) {
      arrays.giveBack(delivery.bytes);
      delivery = null;
    }
  }

  private ByteReader poll() {
    return forwarded.isEmpty() ? null : exchange.poll();
  }

  private void answered(RemoteCommand command, ByteReader content) {
    mayHoldTurn &= !command.givesTurn();
    if (command == RENOUNCE) {
      return;
    }
    forwardedBytes -= command.length;
    unansweredBytes -= command.length;
    if (peer != null || command.type == MessageType.COMMIT) {
      sessions.answer(command, content);
      heldBytes += command.replyLength();
    } else {
      command.answer(null, 0);
    }
  }

  /** Goes on as far as it can. */
  void advance() {
    try {
      forward();
      flush();
      release();
    } catch (RuntimeException | OutOfMemoryError e) {
      fail(e);
    }
  }

  private void forward() {
    while (peer != null && delivery == null && !waiting.isEmpty() && heldBytes < MAX_HELD_BYTES) {
      int length = waiting.peek().length;
      boolean fits = forwardedBytes + length <= MAX_FORWARDED_BYTES && length <= MAX_INLINE;
      if (!forwarded.isEmpty() && !fits || !hasExchange()) {
        return;
      }
      forward(waiting.remove());
    }
  }

  private boolean hasExchange() {
    if (exchange == null) {
      exchange = backend.lend();
      if (exchange != null) {
        sessions.activate(this);
      } else {
        sessions.awaitExchange(this);
      }
    }
    return exchange != null;
  }

  private void forward(RemoteCommand command) {
    byte[] bytes = command.takeBytes();
    ByteWriter request = exchange.request();
    if (command.type == MessageType.COMMIT) {
      int flags = command.sequence <= repeatedUpTo ? Relay.REPEATED : 0;
      Relay.begin(request, flags, number, command.sequence);
    }
    mayHoldTurn |= command.takesTurn();
    forwardedBytes += command.length;
    forwarded.add(command);
    if (command.length > MAX_INLINE) {
      delivery = sessions.bulk().send(exchange, request, bytes, command.length);
    } else {
      request.writeBytes(bytes, 0, command.length);
      exchange.send(Backend.deadlineNs());
    }
  }

  /** Sends replies in the order of their commands, long ones as far as the client wants them. */
  private void flush() {
    while (peer != null && !unsent.isEmpty() && unsent.peek().reply() != null) {
      RemoteCommand command = unsent.peek();
      while (!command.isSent() && command.sent < command.window) {
        sendSlice(command);
      }
      if (!command.isSent()) {
        return;
      }
      unsent.remove();
      if (!command.isOnce()) {
        forgetReply(command);
      }
    }
  }

  private void sendSlice(RemoteCommand command) {
    byte[] reply = command.reply();
    int length = Math.min(Wire.SLICE, command.replyLength() - command.sent);
    peer.begin(FrameType.REPLY)
        .writeLong(command.sequence)
        .writeInt(command.replyLength())
        .writeInt(command.sent)
        .writeBytes(reply, command.sent, length);
    peer.send();
    command.sent += length;
  }

  /** Gives the exchange back when nothing is under way; without a client, the turn as well. */
  private void release() {
    boolean needed = !forwarded.isEmpty() || delivery != null || peer != null && !waiting.isEmpty();
    if (exchange == null || needed) {
      return;
    }
    if (!mayHoldTurn) {
      backend.giveBack(exchange);
      exchange = null;
      sessions.deactivate(this);
    } else if (peer == null) {
      exchange.request().writeBytes(new byte[] {MessageType.GIVE_TURN});
      exchange.send(Backend.deadlineNs());
      forwarded.add(RENOUNCE);
    }
  }

  /** Others go on. What the bulk thread still has, it has to finish first. */
  private void fail(Throwable e) {
    if (exchange != null && (delivery == null || delivery.isOver())) {
      backend.discard(exchange);
      exchange = null;
      delivery = null;
      sessions.deactivate(this);
    }
    sessions.end(this, e instanceof ZProcException ? String.valueOf(e.getMessage()) : "" + e);
  }

  /** Ends it for good; the turn, if it has it, is given back. A reason is told to the client. */
  void close(String reason) {
    if (peer != null && reason != null) {
      peer.sendLost(ErrorCode.SESSION_LOST, reason);
    }
    commands.clear();
    unsent.clear();
    waiting.clear();
    peer = null;
    if (delivery == null && exchange != null) {
      advance();
    }
  }
}
