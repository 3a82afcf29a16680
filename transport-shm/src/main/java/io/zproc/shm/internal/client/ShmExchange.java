package io.zproc.shm.internal.client;

import io.zproc.ProtocolException;
import io.zproc.ServerDownException;
import io.zproc.SessionLostException;
import io.zproc.ValueTooLongException;
import io.zproc.ZProcTimeoutException;
import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.internal.protocol.Dropped;
import io.zproc.internal.protocol.Limits;
import io.zproc.internal.protocol.Replaced;
import io.zproc.shm.internal.os.Futex;
import io.zproc.shm.internal.os.LateFaults;
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
  private static final String TRUNCATED = "its file was truncated";

  private final ShmConnection connection;
  private final SessionPool pool;
  private final AtomicBoolean borrowed = new AtomicBoolean();
  private final ByteWriter request = new ByteWriter(1024);
  private final UnansweredLog unanswered = new UnansweredLog();
  private final ByteReader reply = new ByteReader();
  private final ExchangeWaiter waiter;
  private ClientSession session;
  private long sent;
  private long received;

  ShmExchange(ShmConnection connection, SessionPool pool) {
    this.connection = connection;
    this.pool = pool;
    this.waiter = new ExchangeWaiter(connection);
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
    } catch (SessionLostException | ServerDownException | ZProcTimeoutException e) {
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
      waiter.awaitRoom(session, deadlineNs);
    }
    session.ring();
  }

  /** Attaches to the current server and sends every unanswered command once more. */
  private void resend(long deadlineNs) {
    connection.server().awaitReady(deadlineNs);
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
          return ready;
        }
        if (session.isStale()) {
          resend(deadlineNs);
        }
        waiter.awaitReply(session, deadlineNs);
      }
    } catch (SessionLostException | ServerDownException | ZProcTimeoutException e) {
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
      connection.server().awaitReady(deadlineNs);
      connection.checkSame();
      session = ClientSession.open(connection, pool.claim());
      session.attach();
    }
    if (session.isDropped()) {
      throw lose(session.dropReason());
    }
  }

  private SessionLostException lose(String reason) {
    abandon();
    return Dropped.session(reason);
  }

  /** Ends the session: a late reply of it must not be taken for that of another command. */
  private void abandon() {
    ClientSession ended = session;
    if (ended != null) {
      LateFaults.discard();
      session = null;
      received = sent;
      unanswered.clear();
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
