package io.zproc.tcp.internal.client;

import io.zproc.ServerDownException;
import io.zproc.ZProcException;
import io.zproc.ZProcTimeoutException;
import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.tcp.internal.wire.FrameCheck;
import io.zproc.tcp.internal.wire.FrameSeal;
import io.zproc.tcp.internal.wire.FrameType;
import io.zproc.tcp.internal.wire.Seals;

/**
 * A connection to the gateway on which both sides have shown that they have the secret key, and
 * which is made anew as often as needed, each time with a handshake and keys of its own:
 *
 * <pre>
 *   client                        gateway
 *     HELLO            ────────→
 *                      ←────────    WELCOME
 *     OPEN, sealed     ────────→
 *                      ←────────    OPENED, sealed
 * </pre>
 *
 * <p>The first two frames are the {@link Dialer}'s. It is broken when the gateway says so, when a
 * frame of it does not fit, or when it leaves probes unanswered. For one thread at a time; {@link
 * #wake} may be called from any.
 */
final class Link {
  private static final long FIRST_ATTEMPT_NS = 300_000_000;
  private static final long LONGEST_ATTEMPT_NS = 3_000_000_000L;
  private static final long FIRST_PROBE_NS = 150_000_000;
  private static final long LONGEST_PROBE_NS = 2_000_000_000L;
  private static final int MAX_PROBES = 3;

  /** Of probes of its own; others are the caller's. */
  private static final long PROBE_TOKEN = 0;

  private final TcpConnection connection;
  private final Dialer dialer;
  private final byte role;

  /** Of the connection that there is now, as long as it is not broken. */
  private ZmtpSocket socket;

  private FrameSeal seal;
  private FrameCheck check;
  private boolean broken = true;
  private byte type;
  private long token;
  private long probeIntervalNs = FIRST_PROBE_NS;
  private int probes;

  Link(TcpConnection connection, byte role) {
    this.connection = connection;
    this.dialer = new Dialer(connection);
    this.role = role;
  }

  /** Whether it has to be opened before anything can be sent. */
  boolean isBroken() {
    return broken;
  }

  /**
   * Connects anew, and tries until the deadline.
   *
   * @param boot of the gateway that has given the session, 0 for none yet
   * @param sent the last sequence sent in the session
   * @param received the last sequence whose reply was taken
   * @return null when it was woken first
   * @throws ServerDownException when nobody has answered
   * @throws ZProcTimeoutException when the gateway has answered, but not accepted this client
   */
  Opening open(long boot, long session, long sent, long received, long deadlineNs) {
    dialer.forgetAnswers();
    for (long attempt = FIRST_ATTEMPT_NS; ; attempt = Math.min(2 * attempt, LONGEST_ATTEMPT_NS)) {
      connection.requireOpen();
      long now = System.nanoTime();
      if (now - deadlineNs >= 0) {
        throw dialer.failure();
      }
      long end = deadlineNs - now < attempt ? deadlineNs : now + attempt;
      Opening opening = connect(end) ? askToOpen(boot, session, sent, received, end) : null;
      if (opening != null) {
        connection.serverPid(opening.pid());
        dialer.forgetAnswers();
        return opening;
      }
      if (dialer.takeWakeUp()) {
        return null;
      }
    }
  }

  private boolean connect(long deadlineNs) {
    Seals seals = dialer.dial(deadlineNs);
    if (seals == null) {
      return false;
    }
    socket = dialer.socket();
    seal = seals.seal();
    check = seals.check();
    broken = false;
    return true;
  }

  /** Sends OPEN; returns null when no OPENED has come back by the deadline. */
  private Opening askToOpen(long boot, long session, long sent, long received, long deadlineNs) {
    begin(FrameType.OPEN)
        .writeByte(role)
        .writeLong(boot)
        .writeLong(session)
        .writeLong(sent)
        .writeLong(received);
    send();
    ByteReader content = next(deadlineNs);
    if (content == null || type != FrameType.OPENED) {
      broken = true;
      return null;
    }
    probes = 0;
    return Opening.read(content);
  }

  /** Begins a frame, to be ended by {@link #send} or {@link #gather}. */
  ByteWriter begin(byte frameType) {
    return seal.begin(frameType);
  }

  void send() {
    socket.send(seal.seal(), System.nanoTime() + connection.timeoutNs());
    broken |= socket.isEnded() || seal.isSpent();
  }

  /** As {@link #send}, but the frame may go a moment later, together with others. */
  void gather() {
    socket.gather(seal.seal(), System.nanoTime() + connection.timeoutNs());
    broken |= socket.isEnded() || seal.isSpent();
  }

  /**
   * The content of the next frame, whose type is {@link #type}. Meanwhile it looks whether the
   * gateway is still there.
   *
   * @return null at the deadline, or when woken, or when the link is found broken
   */
  ByteReader await(long deadlineNs) {
    while (!broken) {
      long probe = System.nanoTime() + probeIntervalNs;
      boolean isLast = deadlineNs - probe < 0;
      ByteReader content = next(isLast ? deadlineNs : probe);
      if (content != null) {
        if (!isOnlySignOfLife(content)) {
          return content;
        }
      } else if (dialer.takeWakeUp() || broken || isLast) {
        return null;
      } else {
        probe();
      }
    }
    return null;
  }

  /** Takes a frame as a sign of life; returns whether it is nothing else. */
  private boolean isOnlySignOfLife(ByteReader content) {
    probes = 0;
    probeIntervalNs = FIRST_PROBE_NS;
    if (type != FrameType.ALIVE) {
      return false;
    }
    token = content.readLong();
    if (token != PROBE_TOKEN) {
      return false;
    }
    probeIntervalNs = LONGEST_PROBE_NS;
    return true;
  }

  private void probe() {
    if (++probes > MAX_PROBES) {
      broken = true;
      return;
    }
    begin(FrameType.PROBE).writeLong(PROBE_TOKEN);
    send();
    probeIntervalNs = FIRST_PROBE_NS << probes;
  }

  /** As {@link #await}, but does not wait. */
  ByteReader poll() {
    if (broken) {
      return null;
    }
    byte[] frame = socket.poll();
    broken = frame == null && socket.isEnded();
    return next(frame);
  }

  byte type() {
    return type;
  }

  /** Of the {@link FrameType#ALIVE} received last, whose content begins behind it. */
  long token() {
    return token;
  }

  /** Whether it is broken, or was asked for a sign of life and has not given one. */
  boolean isSilent() {
    return broken || probes > 0;
  }

  private ByteReader next(long deadlineNs) {
    while (!broken) {
      byte[] frame = socket.receive(deadlineNs);
      if (frame == null) {
        broken |= socket.isEnded();
        return null;
      }
      ByteReader content = next(frame);
      if (content != null) {
        return content;
      }
    }
    return null;
  }

  /** The content of a frame, or null for none that counts. */
  private ByteReader next(byte[] frame) {
    if (frame == null || frame.length == 0) {
      return null;
    }
    if (frame[0] <= FrameType.LAST_CLEAR) {
      // Anybody may have sent it: the worst it can bring about is a new connection.
      if (frame[0] == FrameType.REFUSED) {
        broken = true;
      }
      return null;
    }
    ByteReader content = check.open(frame);
    if (content != null) {
      type = check.type();
    } else if (!check.isRepeated()) {
      connection.countRefusedFrame();
      broken = true;
    }
    return content;
  }

  /** Lets whoever waits return, now or when next waiting. From any thread. */
  void wake() {
    dialer.wake();
  }

  /** What a wait for an answer that has not come by the deadline ends with. */
  ZProcException failure() {
    return dialer.failure();
  }

  void disconnect() {
    broken = true;
    dialer.hangUp();
  }
}
