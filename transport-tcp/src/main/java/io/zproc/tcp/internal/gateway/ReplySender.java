package io.zproc.tcp.internal.gateway;

import io.zproc.tcp.internal.wire.FrameType;
import io.zproc.tcp.internal.wire.Wire;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Sends the replies of one session in the order of its commands, and keeps each until the client
 * has said that it has it: on the next connection it may ask again. The gateway's thread only.
 *
 * <p>Replies go in slices, as far ahead as the window of each allows, which the client moves on.
 */
final class ReplySender {
  /** More bytes of replies are not collected for a client that does not take them. */
  private static final long MAX_HELD_BYTES = 32L << 20;

  private final LargeArrays arrays;

  /** Those of which the client has not said that it has the reply, by sequence. */
  private final Deque<RemoteCommand> unacknowledged = new ArrayDeque<>();

  /** Of these, those whose reply was not wholly sent on this connection, by sequence. */
  private final Deque<RemoteCommand> unsent = new ArrayDeque<>();

  private long heldBytes;

  ReplySender(LargeArrays arrays) {
    this.arrays = arrays;
  }

  /** Adds a new command, whose reply is to come. */
  void add(RemoteCommand command) {
    unacknowledged.add(command);
    unsent.add(command);
  }

  /** How many commands there are whose reply the client may not have. */
  int size() {
    return unacknowledged.size();
  }

  boolean hasRoom() {
    return heldBytes < MAX_HELD_BYTES;
  }

  /** The command of that sequence, or null when its reply was taken, or it never came. */
  RemoteCommand find(long sequence) {
    for (RemoteCommand command : unacknowledged) {
      if (command.sequence == sequence) {
        return command;
      }
    }
    return null;
  }

  /** The reply of the command has come, and is kept. */
  void hold(RemoteCommand command) {
    heldBytes += command.replyLength();
  }

  /** A connection has begun: nothing was sent on it. */
  void onConnected() {
    unsent.clear();
    for (RemoteCommand command : unacknowledged) {
      command.rewind();
      unsent.add(command);
    }
  }

  /** The connection has ended: only a commit, which must not be done twice, keeps its reply. */
  void onGone() {
    unsent.clear();
    for (RemoteCommand command : unacknowledged) {
      if (!command.isCommit()) {
        forget(command);
      }
    }
  }

  /** The client has the replies up to that of this sequence. */
  void acknowledge(long sequence) {
    for (RemoteCommand next = unacknowledged.peek();
        next != null && next.sequence <= sequence && next.isDone();
        next = unacknowledged.peek()) {
      forget(unacknowledged.remove());
      if (unsent.peek() == next) {
        unsent.remove();
      }
    }
  }

  /** The client has so many bytes of that reply, and wants more. */
  void more(long sequence, int offset) {
    RemoteCommand first = unsent.peek();
    if (first == null || first.sequence != sequence) {
      acknowledgeWhole(sequence, offset);
    } else if (offset <= first.sent()) {
      first.openWindow(offset);
    }
  }

  /** All was sent; but only who says that all is there will not ask for it on a new connection. */
  private void acknowledgeWhole(long sequence, int offset) {
    RemoteCommand command = find(sequence);
    if (command != null && command.reply() != null && offset >= command.replyLength()) {
      acknowledge(sequence);
    }
  }

  /** Sends what has come, long replies as far as the client wants them. */
  void send(Peer peer) {
    while (!unsent.isEmpty() && unsent.peek().reply() != null) {
      RemoteCommand command = unsent.peek();
      while (command.isSliceWanted()) {
        sendSlice(peer, command);
      }
      if (!command.isSent()) {
        return;
      }
      unsent.remove();
      if (!command.isOnce()) {
        forget(command);
      }
    }
  }

  private static void sendSlice(Peer peer, RemoteCommand command) {
    int offset = command.sent();
    int length = Math.min(Wire.SLICE, command.replyLength() - offset);
    peer.begin(FrameType.REPLY)
        .writeLong(command.sequence)
        .writeInt(command.replyLength())
        .writeInt(offset)
        .writeBytes(command.reply(), offset, length);
    peer.send();
    command.onSent(length);
  }

  private void forget(RemoteCommand command) {
    if (command.reply() != null) {
      heldBytes -= command.replyLength();
      arrays.giveBack(command.reply());
      command.dropReply();
    }
  }

  /** Forgets all commands. */
  void clear() {
    unacknowledged.clear();
    unsent.clear();
  }
}
