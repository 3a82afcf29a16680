package io.zproc.tcp.internal.gateway;

import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.internal.protocol.MessageType;
import io.zproc.internal.protocol.Relay;
import io.zproc.spi.Exchange;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Gives the commands of one session to the server in their order, and takes what it replies. The
 * gateway's thread only; but while a long command is delivered, its exchange is the bulk thread's.
 *
 * <p>It has an exchange while something is under way, or the session may hold the turn.
 */
final class CommandForwarder {
  /** Longer commands may have to wait for room on their way to the server. */
  private static final int MAX_INLINE = 16 << 10;

  /** Bytes under way to the server that surely find room. */
  private static final int MAX_FORWARDED_BYTES = 32 << 10;

  private static final RemoteCommand RENOUNCE =
      new RemoteCommand(0, new byte[] {MessageType.GIVE_TURN}, 1);

  private final RemoteSession session;
  private final RemoteSessions sessions;
  private final Backend backend;

  /** Those to be given to the server. */
  private final Deque<RemoteCommand> waiting = new ArrayDeque<>();

  /** Those that the server has. */
  private final Deque<RemoteCommand> forwarded = new ArrayDeque<>();

  private Exchange exchange;
  private BulkSender.Delivery delivery;
  private long repeatedUpTo;
  private long forwardedBytes;

  /** Of those that wait or are forwarded. */
  private long unansweredBytes;

  private boolean mayHoldTurn;

  CommandForwarder(RemoteSession session, RemoteSessions sessions, Backend backend) {
    this.session = session;
    this.sessions = sessions;
    this.backend = backend;
  }

  /** Commits up to that sequence may have been sent to the server by an earlier gateway. */
  void repeatUpTo(long sequence) {
    repeatedUpTo = sequence;
  }

  void add(RemoteCommand command) {
    waiting.add(command);
    unansweredBytes += command.length;
  }

  long unansweredBytes() {
    return unansweredBytes;
  }

  /** Gives the server as many as surely find room, or else a single one. */
  void forward() {
    while (delivery == null
        && !waiting.isEmpty()
        && hasRoom(waiting.peek().length)
        && hasExchange()) {
      forward(waiting.remove());
    }
  }

  private boolean hasRoom(int length) {
    return forwarded.isEmpty()
        || length <= MAX_INLINE && forwardedBytes + length <= MAX_FORWARDED_BYTES;
  }

  private boolean hasExchange() {
    if (exchange == null) {
      exchange = backend.lend();
      if (exchange != null) {
        sessions.activate(session);
      } else {
        sessions.awaitExchange(session);
      }
    }
    return exchange != null;
  }

  private void forward(RemoteCommand command) {
    byte[] bytes = command.takeBytes();
    ByteWriter request = exchange.request();
    if (command.isCommit()) {
      int flags = command.sequence <= repeatedUpTo ? Relay.REPEATED : 0;
      Relay.begin(request, flags, session.number, command.sequence);
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

  /** Gives the session what the server has replied; returns whether there was anything. */
  boolean takeReplies() {
    if (!endDelivery()) {
      return false;
    }
    int before = forwarded.size();
    for (ByteReader next = poll(); next != null; next = poll()) {
      answered(forwarded.remove(), next);
    }
    return forwarded.size() < before;
  }

  /** Returns whether the exchange is the gateway's thread's. */
  private boolean endDelivery() {
    if (delivery != null && delivery.isDone()) {
      sessions.arrays.giveBack(delivery.bytes);
      delivery = null;
    }
    return delivery == null;
  }

  private ByteReader poll() {
    return forwarded.isEmpty() ? null : exchange.poll();
  }

  private void answered(RemoteCommand command, ByteReader content) {
    mayHoldTurn &= !command.givesTurn();
    if (command != RENOUNCE) {
      forwardedBytes -= command.length;
      unansweredBytes -= command.length;
      session.onReply(command, content);
    }
  }

  /** Gives the exchange back when nothing is under way; without a client, the turn as well. */
  void release(boolean hasClient) {
    boolean needed = !forwarded.isEmpty() || delivery != null || hasClient && !waiting.isEmpty();
    if (exchange == null || needed) {
      return;
    }
    if (!mayHoldTurn) {
      backend.giveBack(exchange);
      exchange = null;
      sessions.deactivate(session);
    } else if (!hasClient) {
      exchange.request().writeBytes(new byte[] {MessageType.GIVE_TURN});
      exchange.send(Backend.deadlineNs());
      forwarded.add(RENOUNCE);
    }
  }

  /** Gives the exchange up after a failure. What the bulk thread still has, it finishes first. */
  void discard() {
    if (exchange != null && (delivery == null || delivery.isOver())) {
      backend.discard(exchange);
      exchange = null;
      delivery = null;
      sessions.deactivate(session);
    }
  }

  /** Forgets the commands that the server does not have. */
  void clear() {
    waiting.clear();
  }
}
