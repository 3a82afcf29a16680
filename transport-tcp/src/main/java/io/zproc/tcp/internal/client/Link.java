package io.zproc.tcp.internal.client;

import io.zproc.ServerDownException;
import io.zproc.ZProcException;
import io.zproc.ZProcTimeoutException;
import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.codec.MalformedValueException;
import io.zproc.tcp.internal.wire.ClientHandshake;
import io.zproc.tcp.internal.wire.FrameCheck;
import io.zproc.tcp.internal.wire.FrameSeal;
import io.zproc.tcp.internal.wire.FrameType;
import io.zproc.tcp.internal.wire.Refusal;
import io.zproc.tcp.internal.wire.Seals;
import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

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
 * <p>It is broken when the gateway says so, when a frame of it does not fit, or when it leaves
 * probes unanswered. For one thread at a time; {@link #wake} may be called from any.
 */
final class Link {
  private static final long FIRST_ATTEMPT_NS = 300_000_000;
  private static final long LONGEST_ATTEMPT_NS = 3_000_000_000L;
  private static final long PAUSE_NS = 50_000_000;
  private static final long FIRST_PROBE_NS = 150_000_000;
  private static final long LONGEST_PROBE_NS = 2_000_000_000L;
  private static final int MAX_PROBES = 3;

  /** Of probes of its own; others are the caller's. */
  private static final long PROBE_TOKEN = 0;

  private final TcpConnection connection;
  private final byte role;
  private volatile ZmtpSocket socket;
  private volatile boolean wakeUp;
  private FrameSeal seal;
  private FrameCheck check;
  private boolean broken = true;
  private byte type;
  private long token;
  private long probeIntervalNs = FIRST_PROBE_NS;
  private int probes;

  /** Whether the gateway has said anything to the handshake that is under way. */
  private boolean answered;

  /** What it said that it has against this client, or null. */
  private String refusal;

  Link(TcpConnection connection, byte role) {
    this.connection = connection;
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
    refusal = null;
    answered = false;
    for (long attempt = FIRST_ATTEMPT_NS; ; attempt = Math.min(2 * attempt, LONGEST_ATTEMPT_NS)) {
      connection.requireOpen();
      long now = System.nanoTime();
      if (now - deadlineNs >= 0) {
        throw failure();
      }
      long end = deadlineNs - now < attempt ? deadlineNs : now + attempt;
      Opening opening = attempt(boot, session, sent, received, end);
      if (opening != null) {
        connection.serverPid(opening.pid());
        answered = false;
        refusal = null;
        return opening;
      }
      if (wakeUp) {
        wakeUp = false;
        return null;
      }
    }
  }

  private Opening attempt(long boot, long session, long sent, long received, long deadlineNs) {
    if (!connect(deadlineNs)) {
      return null;
    }
    ClientHandshake handshake = new ClientHandshake(connection.security());
    socket.send(handshake.hello(), deadlineNs);
    Seals seals = awaitWelcome(handshake, deadlineNs);
    if (seals == null) {
      return null;
    }
    seal = seals.seal();
    check = seals.check();
    begin(FrameType.OPEN)
        .writeByte(role)
        .writeLong(boot)
        .writeLong(session)
        .writeLong(sent)
        .writeLong(received);
    broken = false;
    send();
    ByteReader content = next(deadlineNs);
    if (content == null || type != FrameType.OPENED) {
      broken = true;
      return null;
    }
    probes = 0;
    return Opening.read(content);
  }

  private boolean connect(long deadlineNs) {
    disconnect();
    long pauseUntil = System.nanoTime() + PAUSE_NS;
    try {
      socket = new ZmtpSocket(connection.waitStrategy());
      if (wakeUp) {
        return false;
      }
      return socket.connect(connection.target(), deadlineNs);
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
        probes = 0;
        probeIntervalNs = FIRST_PROBE_NS;
        if (type != FrameType.ALIVE) {
          return content;
        }
        token = content.readLong();
        if (token != PROBE_TOKEN) {
          return content;
        }
        probeIntervalNs = LONGEST_PROBE_NS;
        continue;
      }
      if (takeWakeUp() || broken || isLast) {
        return null;
      }
      probe();
    }
    return null;
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

  private boolean takeWakeUp() {
    boolean taken = wakeUp;
    wakeUp = false;
    return taken;
  }

  /** Lets whoever waits return, now or when next waiting. From any thread. */
  void wake() {
    wakeUp = true;
    ZmtpSocket current = socket;
    if (current != null) {
      current.wake();
    }
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

  void disconnect() {
    broken = true;
    ZmtpSocket current = socket;
    if (current != null) {
      socket = null;
      current.close();
    }
  }
}
