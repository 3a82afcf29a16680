package io.zproc.tcp.internal.client;

import io.zproc.SessionLostException;
import io.zproc.ZProcException;
import io.zproc.ZProcTimeoutException;
import io.zproc.codec.ByteReader;
import io.zproc.internal.protocol.Dropped;
import io.zproc.internal.protocol.Replaced;
import io.zproc.tcp.internal.wire.FrameType;
import io.zproc.tcp.internal.wire.Wire;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * The client's end of a session, which outlives its connection: commands have numbers, and what was
 * not answered when the connection broke is sent again on the next one, where the gateway, or the
 * server from its journal, knows what was done already. For one thread at a time.
 */
final class TcpSession {
  private final TcpConnection connection;
  private final Link link;
  private final Unanswered unanswered = new Unanswered();
  private final ArrayDeque<byte[]> replies = new ArrayDeque<>();
  private final Download download = new Download();
  private long boot;
  private long number;
  private long sent;
  private long received;
  private long token;

  TcpSession(TcpConnection connection) {
    this.connection = connection;
    link = new Link(connection, Wire.ROLE_COMMANDS);
  }

  /** Commands sent whose replies were not taken with {@link #poll}. */
  int inFlight() {
    return (int) (sent - received) + replies.size();
  }

  /** Makes sure that there is a connection. */
  void connect(long deadlineNs) {
    while (link.isBroken()) {
      if (connection.replacement() != null) {
        throw replaced();
      }
      connection.requireOpen();
      reconnect(deadlineNs);
    }
  }

  private void reconnect(long deadlineNs) {
    Opening opening = link.open(boot, number, sent, received, deadlineNs);
    if (opening == null) {
      return;
    }
    if (!connection.isSame(opening, 0)) {
      throw replaced();
    }
    boolean lost = opening.fate() == Wire.FATE_LOST && sent > received;
    boot = opening.boot();
    number = opening.session();
    if (lost) {
      throw lose("it was away for longer than the server keeps such sessions");
    }
    if (opening.fate() != Wire.FATE_RESUMED) {
      sent = 0;
      received = 0;
    }
    download.clear();
    unanswered.forEach(received + 1, this::transmit);
  }

  private SessionLostException replaced() {
    boolean isUnderWay = sent > received;
    abandon();
    return Replaced.session(connection.replacement(), isUnderWay);
  }

  private SessionLostException lose(String reason) {
    abandon();
    return Dropped.session(reason);
  }

  /** Sends a command, waiting for room among those that were not answered. */
  void send(byte[] command, long deadlineNs) {
    connect(deadlineNs);
    while (!unanswered.hasRoom(command.length)) {
      await(deadlineNs, "take a command");
    }
    unanswered.add(command);
    sent++;
    transmit(sent, command);
  }

  /**
   * Sends it as far as the link goes: what is missing then is sent again on the next one. At once,
   * unless others are under way, which then take long enough to gather some more.
   */
  private void transmit(long sequence, byte[] command) {
    int offset = 0;
    while (offset < command.length && !link.isBroken()) {
      int length = Math.min(Wire.SLICE, command.length - offset);
      link.begin(FrameType.COMMAND)
          .writeLong(sequence)
          .writeLong(received)
          .writeInt(command.length)
          .writeInt(offset)
          .writeBytes(command, offset, length);
      offset += length;
      if (sequence == received + 1) {
        link.send();
      } else {
        link.gather();
      }
    }
  }

  /** The next reply, or null. */
  byte[] poll() {
    while (replies.isEmpty() && !link.isBroken() && take(link.poll())) {
      continue;
    }
    return replies.poll();
  }

  /** The next reply. */
  byte[] receive(long deadlineNs) {
    while (true) {
      byte[] ready = poll();
      if (ready != null) {
        return ready;
      }
      await(deadlineNs, "answer");
    }
  }

  /** The published revision, from the gateway. */
  long revision(long deadlineNs) {
    long asked = 0;
    while (true) {
      if (link.isBroken()) {
        connect(deadlineNs);
        asked = 0;
      }
      if (asked == 0) {
        asked = ++token;
        link.begin(FrameType.PROBE).writeLong(asked);
        link.send();
      }
      ByteReader content = link.await(deadlineNs);
      if (content != null && link.type() == FrameType.ALIVE && link.token() == asked) {
        content.readLong();
        return content.readLong();
      }
      if (content == null) {
        checkWaiting(deadlineNs, "answer");
      }
    }
  }

  private void await(long deadlineNs, String what) {
    if (link.isBroken()) {
      connect(deadlineNs);
    } else if (!take(link.await(deadlineNs))) {
      checkWaiting(deadlineNs, what);
    }
  }

  private void checkWaiting(long deadlineNs, String what) {
    connection.requireOpen();
    if (System.nanoTime() - deadlineNs >= 0) {
      throw failure(what);
    }
  }

  private ZProcException failure(String what) {
    return link.isSilent()
        ? link.failure()
        : new ZProcTimeoutException(
            "the server "
                + connection.serverPid()
                + " at "
                + connection.address()
                + " lives but did not "
                + what
                + " within "
                + TimeUnit.NANOSECONDS.toMillis(connection.timeoutNs())
                + " ms");
  }

  /** Returns whether there was a frame. */
  private boolean take(ByteReader content) {
    if (content == null) {
      return false;
    }
    if (link.type() == FrameType.REPLY) {
      takeReply(content);
    } else if (link.type() == FrameType.LOST) {
      content.readShort();
      throw lose(content.readText());
    }
    return true;
  }

  private void takeReply(ByteReader content) {
    long sequence = content.readLong();
    int length = content.readInt();
    int offset = content.readInt();
    if (sequence != received + 1) {
      return;
    }
    byte[] reply = download.add(length, offset, content);
    if (reply != null) {
      replies.add(reply);
      received++;
      unanswered.removeFirst();
      if (length > Wire.SLICE) {
        // Or else the gateway keeps it until the next command.
        askForMore(sequence, length);
      }
    } else if (download.wantsMore()) {
      askForMore(sequence, download.there());
    }
  }

  private void askForMore(long sequence, int offset) {
    link.begin(FrameType.MORE).writeLong(sequence).writeInt(offset);
    link.send();
  }

  /** Ends the session: a late reply of it must not be taken for that of another command. */
  void abandon() {
    if (!link.isBroken()) {
      link.begin(FrameType.CLOSE);
      link.send();
    }
    link.disconnect();
    boot = 0;
    number = 0;
    sent = 0;
    received = 0;
    unanswered.clear();
    replies.clear();
    download.clear();
  }

  /** Lets a wait look whether the connection was closed. From any thread. */
  void wake() {
    link.wake();
  }
}
