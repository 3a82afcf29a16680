package io.zproc.shm.internal.client;

import io.zproc.ClosedException;
import io.zproc.ProtocolException;
import io.zproc.ServerDownException;
import io.zproc.SessionLostException;
import io.zproc.ValueTooLongException;
import io.zproc.ZProcException;
import io.zproc.ZProcTimeoutException;
import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.internal.protocol.Limits;
import io.zproc.internal.protocol.Replaced;
import io.zproc.shm.internal.os.Futex;
import io.zproc.shm.internal.os.LateFaults;
import io.zproc.shm.internal.os.Waiter;
import io.zproc.spi.Exchange;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Commands of one thread at a time over one session.
 *
 * <p>Every command that was not answered yet is kept, see {@link UnansweredLog}. When another
 * server has taken the directory, the session attaches to it anew and sends them again with the
 * same sequences; the server knows from its journal which were applied.
 */
final class ShmExchange implements Exchange {
  /** Between two looks whether to wait on: these take longer than a look for the reply. */
  private static final int LOOKS_PER_CHECK = 64;

  /** How long to wait before waking a server that seems to be awake. */
  private static final long PATIENCE_NS = 20_000_000;

  private static final String TRUNCATED = "its file was truncated";

  private final ShmConnection connection;
  private final SessionPool pool;
  private final AtomicBoolean borrowed = new AtomicBoolean();
  private final ByteWriter request = new ByteWriter(1024);
  private final UnansweredLog unanswered = new UnansweredLog();
  private final ByteReader reply = new ByteReader();
  private final Waiter waiter;
  private ClientSession session;
  private long sent;
  private long received;
  private int looks;

  /** When patience with the server ends; 0 when no command has waited for long. */
  private long impatientAtNs;

  ShmExchange(ShmConnection connection, SessionPool pool) {
    this.connection = connection;
    this.pool = pool;
    this.waiter = Waiter.of(connection.options().waitStrategy());
  }

  boolean tryBorrow() {
    return !borrowed.get() && borrowed.compareAndSet(false, true);
  }

  /** Opens the session ahead of the first command. */
  void attach() {
    Futex.load();
    ensureSession(System.nanoTime() + connection.timeoutNs());
  }

  @Override
  public ByteWriter request() {
    return request.clear();
  }

  @Override
  public void send(long deadlineNs) {
    connection.requireOpen();
    int length = request.position();
    if (length > Limits.MAX_COMMAND) {
      throw new ValueTooLongException(
          "a command of " + length + " bytes; the limit is " + Limits.MAX_COMMAND);
    }
    try {
      ensureSession(deadlineNs);
      int start = unanswered.add(request);
      sent++;
      write(start, sent, deadlineNs);
    } catch (ServerDownException | ZProcTimeoutException e) {
      abandon();
      throw e;
    } catch (InternalError e) {
      throw lose(TRUNCATED);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>The JVM tells of a fault of mapped memory late: one of sending may come while receiving, or
   * between the two.
   */
  @Override
  public ByteReader call(long deadlineNs) {
    try {
      send(deadlineNs);
      return receive(deadlineNs);
    } catch (InternalError e) {
      throw lose(TRUNCATED);
    }
  }

  private void write(int start, long sequence, long deadlineNs) {
    int length = unanswered.length(start);
    while (!session.write(unanswered.array(), unanswered.offset(start), length, sequence)) {
      if (session.isStale()) {
        resend(deadlineNs);
        return;
      }
      session.ring();
      pauseForRoom(deadlineNs);
    }
    session.ring();
  }

  /** Attaches to the current server and sends every unanswered command once more. */
  private void resend(long deadlineNs) {
    connection.awaitReady(deadlineNs);
    checkSame();
    session.attach();
    int start = unanswered.first();
    for (long sequence = received + 1; sequence <= sent; sequence++) {
      write(start, sequence, deadlineNs);
      start = unanswered.next(start);
    }
  }

  private void checkSame() {
    try {
      connection.checkSame();
    } catch (SessionLostException e) {
      boolean isUnderWay = inFlight() > 0;
      abandon();
      throw Replaced.session(connection.replacement(), isUnderWay);
    }
  }

  @Override
  public int inFlight() {
    return (int) (sent - received);
  }

  @Override
  public ByteReader receive(long deadlineNs) {
    try {
      while (true) {
        if (received == sent) {
          throw new IllegalStateException("no command is waiting for a reply");
        }
        ByteReader ready = poll();
        if (ready != null) {
          waiter.reset();
          impatientAtNs = 0;
          return ready;
        }
        if (session.isStale()) {
          resend(deadlineNs);
        }
        pause(deadlineNs);
      }
    } catch (ServerDownException | ZProcTimeoutException e) {
      abandon();
      throw e;
    } catch (InternalError e) {
      throw lose(TRUNCATED);
    }
  }

  @Override
  public ByteReader poll() {
    if (received == sent || session == null) {
      return null;
    }
    try {
      while (session.nextReply()) {
        if (session.replies().sequence() == received + 1) {
          received++;
          unanswered.removeFirst();
          return reply.wrap(session.replies().array(), 0, session.replies().length());
        }
      }
    } catch (ProtocolException e) {
      throw lose(
          session.isTruncated() ? TRUNCATED : "its reply ring was overwritten: " + e.getMessage());
    } catch (InternalError e) {
      throw lose(TRUNCATED);
    }
    return null;
  }

  private void ensureSession(long deadlineNs) {
    if (session == null) {
      connection.awaitReady(deadlineNs);
      connection.checkSame();
      session = ClientSession.open(connection, pool.claim());
      session.attach();
    }
    if (session.isDropped()) {
      throw lose(session.dropReason());
    }
  }

  private void pause(long deadlineNs) {
    if (isTimeToSleep(deadlineNs, "answer")) {
      session.await(deadlineNs);
      waiter.slept();
    }
  }

  private void pauseForRoom(long deadlineNs) {
    if (isTimeToSleep(deadlineNs, "take a command")) {
      session.awaitRoom(deadlineNs);
      waiter.slept();
    }
  }

  private boolean isTimeToSleep(long deadlineNs, String what) {
    if (++looks % LOOKS_PER_CHECK == 0) {
      check(deadlineNs, what);
    }
    if (!waiter.spin()) {
      return false;
    }
    check(deadlineNs, what);
    return true;
  }

  /** Fails when it is no use to wait any longer. */
  private void check(long deadlineNs, String what) {
    if (session.isDropped()) {
      throw lose(session.dropReason());
    }
    if (connection.isClosed()) {
      throw new ClosedException("the connection to " + connection.address() + " was closed");
    }
    long now = System.nanoTime();
    if (now - deadlineNs > 0) {
      throw timeout(what);
    }
    insist(now);
  }

  /** Another client may have been killed while it woke the server, which then sleeps on. */
  private void insist(long now) {
    boolean first = impatientAtNs == 0;
    if (first || now - impatientAtNs > 0) {
      impatientAtNs = now + PATIENCE_NS;
      if (!first) {
        session.ringAnyway();
      }
    }
  }

  private ZProcException timeout(String what) {
    return connection.isServerAlive()
        ? new ZProcTimeoutException(
            "the server "
                + connection.serverPid()
                + " lives but did not "
                + what
                + " within "
                + connection.options().timeout().toMillis()
                + " ms")
        : connection.serverDown(what);
  }

  private SessionLostException lose(String reason) {
    abandon();
    return new SessionLostException(
        "the server has dropped this client's session: "
            + reason
            + "; whether the command under way took effect is unknown, the next one gets a new"
            + " session");
  }

  /** Ends the session: a late reply of it must not be taken for that of another command. */
  private void abandon() {
    LateFaults.discard();
    ClientSession ended = session;
    session = null;
    received = sent;
    unanswered.clear();
    if (ended != null) {
      ended.close();
    }
  }

  @Override
  public void close() {
    if (inFlight() > 0 || connection.isClosed()) {
      abandon();
    }
    borrowed.setRelease(false);
  }

  /** Ends the session when the connection is closed. */
  void end() {
    if (session != null) {
      session.close();
    }
  }
}
