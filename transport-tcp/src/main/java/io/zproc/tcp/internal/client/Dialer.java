package io.zproc.tcp.internal.client;

import io.zproc.ServerDownException;
import io.zproc.ZProcException;
import io.zproc.ZProcTimeoutException;
import io.zproc.codec.ByteReader;
import io.zproc.codec.MalformedValueException;
import io.zproc.tcp.internal.wire.ClientHandshake;
import io.zproc.tcp.internal.wire.FrameType;
import io.zproc.tcp.internal.wire.Refusal;
import io.zproc.tcp.internal.wire.Seals;
import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes the connections of one link, one after the other, each with a handshake and keys of its
 * own, and says what was wrong when none came about.
 *
 * <p>For one thread at a time; {@link #wake} may be called from any: it sets {@code wakeUp} and
 * then wakes the socket, while the thread that dials sets the socket and then looks at {@code
 * wakeUp} before it waits, so that one of them sees the other.
 */
final class Dialer {
  private static final long PAUSE_NS = 50_000_000;

  private final TcpConnection connection;
  private volatile ZmtpSocket socket;
  private volatile boolean wakeUp;

  /** Whether the gateway has said anything to the handshakes since {@link #forgetAnswers}. */
  private boolean answered;

  /** What it said that it has against this client, or null. */
  private String refusal;

  Dialer(TcpConnection connection) {
    this.connection = connection;
  }

  /** What was said to earlier handshakes does not matter any more. */
  void forgetAnswers() {
    answered = false;
    refusal = null;
  }

  /**
   * Connects anew and shakes hands.
   *
   * @return the seals of the connection; null when it was woken, or the attempt was in vain
   * @throws ServerDownException when nobody listens where nobody was reached before
   */
  Seals dial(long deadlineNs) {
    if (!connect(deadlineNs)) {
      return null;
    }
    ClientHandshake handshake = new ClientHandshake(connection.security());
    socket.send(handshake.hello(), deadlineNs);
    return awaitWelcome(handshake, deadlineNs);
  }

  /** The connection that was made last. */
  ZmtpSocket socket() {
    return socket;
  }

  private boolean connect(long deadlineNs) {
    hangUp();
    long pauseUntil = System.nanoTime() + PAUSE_NS;
    try {
      socket = new ZmtpSocket(connection.waitStrategy());
      return !wakeUp && socket.connect(connection.target(), deadlineNs);
    } catch (IOException | UnresolvedAddressException e) {
      if (!connection.wasConnected()) {
        throw new ServerDownException(
            "no server runs at " + connection.address() + ": start one there first (" + e + ")");
      }
      pause(deadlineNs - pauseUntil < 0 ? deadlineNs : pauseUntil);
      return false;
    }
  }

  /** Whoever is not let in does not ask again at once. */
  private void pause(long untilNs) {
    while (!wakeUp && System.nanoTime() - untilNs < 0) {
      LockSupport.parkNanos(PAUSE_NS / 10);
    }
  }

  private Seals awaitWelcome(ClientHandshake handshake, long deadlineNs) {
    byte[] frame = socket.receive(deadlineNs);
    if (frame == null || frame.length == 0) {
      return null;
    }
    Seals seals = null;
    if (frame[0] == FrameType.REFUSED) {
      noteRefusal(new ByteReader(frame));
    } else {
      answered = true;
      seals = handshake.welcomed(frame);
    }
    if (seals == null) {
      pause(System.nanoTime() + PAUSE_NS);
    }
    return seals;
  }

  private void noteRefusal(ByteReader refused) {
    try {
      refused.readByte();
      refusal = Refusal.text(refused.readByte(), refused.readShort());
    } catch (MalformedValueException e) {
      // Cut short on its way: the next attempt may fare better.
      answered = true;
    }
  }

  /** Lets whoever dials, or waits on the socket, return now or when next waiting. Any thread. */
  void wake() {
    wakeUp = true;
    ZmtpSocket current = socket;
    if (current != null) {
      current.wake();
    }
  }

  /** Whether it was woken since the last call. */
  boolean takeWakeUp() {
    if (!wakeUp) {
      return false;
    }
    wakeUp = false;
    return true;
  }

  /** What a wait for an answer that has not come by the deadline ends with. */
  ZProcException failure() {
    long ms = TimeUnit.NANOSECONDS.toMillis(connection.timeoutNs());
    String address = connection.address().toString();
    if (!answered && refusal == null) {
      return new ServerDownException(
          "no server answered at " + address + " within " + ms + " ms: is one running there?");
    }
    String advice = refusal != null ? refusal : Refusal.CHECK_KEYS;
    return new ZProcTimeoutException(
        address + " answers, but accepted no session within " + ms + " ms: " + advice);
  }

  /** Ends the connection that was made last. */
  void hangUp() {
    ZmtpSocket current = socket;
    if (current != null) {
      socket = null;
      current.close();
    }
  }
}
