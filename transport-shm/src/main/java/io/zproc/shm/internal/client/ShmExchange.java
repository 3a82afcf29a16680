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
import io.zproc.shm.internal.os.Waiter;
import io.zproc.spi.Exchange;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Commands of one thread at a time over one session.
 *
 * <p>Every command that was not answered yet is kept in {@code log}, each behind its length. When
 * another server has taken the directory, the session attaches to it anew and sends them again with
 * the same sequences; the server knows from its journal which were applied.
 */
final class ShmExchange implements Exchange {
  /** With more unanswered bytes than this, replies are awaited before more is sent. */
  private static final int MAX_LOG = 4 * Limits.MAX_MESSAGE;

  private final ShmConnection connection;
  private final SessionPool pool;
  private final AtomicBoolean borrowed = new AtomicBoolean();
  private final ByteWriter log = new ByteWriter(4096);
  private final ByteReader reply = new ByteReader();
  private final Waiter waiter;
  private ClientSession session;
  private int requestStart;
  private long sent;
  private long received;

  ShmExchange(ShmConnection connection, SessionPool pool) {
    this.connection = connection;
    this.pool = pool;
    this.waiter = Waiter.of(connection.options().waitStrategy());
  }

  boolean tryBorrow() {
    return !borrowed.get() && borrowed.compareAndSet(false, true);
  }

  @Override
  public ByteWriter request() {
    if (inFlight() == 0) {
      log.clear();
    }
    requestStart = log.position();
    return log.writeInt(0);
  }

  @Override
  public void send(long deadlineNs) {
    connection.requireOpen();
    int length = log.position() - requestStart - Integer.BYTES;
    if (length > Limits.MAX_MESSAGE) {
      log.position(requestStart);
      throw new ValueTooLongException(
          "a command of " + length + " bytes; the limit is " + Limits.MAX_MESSAGE);
    }
    log.setInt(requestStart, length);
    sent++;
    try {
      write(requestStart, sent, deadlineNs);
    } catch (ServerDownException | ZProcTimeoutException e) {
      abandon();
      throw e;
    }
  }

  private void write(int start, long sequence, long deadlineNs) {
    int length = lengthAt(start);
    boolean firstTry = true;
    while (true) {
      ensureSession(deadlineNs);
      if (session.isStale()) {
        resend(deadlineNs);
        return;
      }
      if (session.write(log.array(), start + Integer.BYTES, length, sequence)) {
        session.ring();
        return;
      }
      session.ring();
      pause(deadlineNs, "take a command");
      firstTry = false;
    }
  }

  /** Attaches to the current server and sends every unanswered command once more. */
  private void resend(long deadlineNs) {
    connection.awaitReady(deadlineNs);
    session.attach();
    int start = 0;
    long first = received + 1;
    for (long sequence = 1; start < log.position(); sequence++) {
      long number = sent - unansweredFrom(start) + 1;
      if (number >= first) {
        write(start, number, deadlineNs);
      }
      start += Integer.BYTES + lengthAt(start);
    }
  }

  /** How many commands the log holds from {@code start} on. */
  private long unansweredFrom(int start) {
    long count = 0;
    for (int at = start; at < log.position(); at += Integer.BYTES + lengthAt(at)) {
      count++;
    }
    return count;
  }

  private int lengthAt(int start) {
    byte[] array = log.array();
    return (array[start] & 0xff) << 24
        | (array[start + 1] & 0xff) << 16
        | (array[start + 2] & 0xff) << 8
        | array[start + 3] & 0xff;
  }

  @Override
  public int inFlight() {
    return (int) (sent - received);
  }

  @Override
  public ByteReader receive(long deadlineNs) {
    try {
      while (true) {
        ByteReader ready = poll();
        if (ready != null) {
          waiter.reset();
          return ready;
        }
        if (session.isStale()) {
          resend(deadlineNs);
        }
        pause(deadlineNs, "answer");
      }
    } catch (ServerDownException | ZProcTimeoutException e) {
      abandon();
      throw e;
    }
  }

  @Override
  public ByteReader poll() {
    if (received == sent) {
      throw new IllegalStateException("no command is waiting for a reply");
    }
    if (session == null) {
      return null;
    }
    try {
      while (session.replies().read()) {
        if (session.replies().sequence() == received + 1) {
          received++;
          return reply.wrap(session.replies().array(), 0, session.replies().length());
        }
      }
    } catch (ProtocolException | InternalError e) {
      throw lose("its reply ring was overwritten: " + e.getMessage());
    }
    return null;
  }

  private void ensureSession(long deadlineNs) {
    if (session == null) {
      connection.awaitReady(deadlineNs);
      session = ClientSession.open(connection, pool.claim());
      session.attach();
    }
    if (session.isDropped()) {
      throw lose(session.dropReason());
    }
  }

  private void pause(long deadlineNs, String what) {
    if (session.isDropped()) {
      throw lose(session.dropReason());
    }
    if (connection.isClosed()) {
      throw new ClosedException("the connection to " + connection.address() + " was closed");
    }
    if (System.nanoTime() - deadlineNs > 0) {
      throw timeout(what);
    }
    if (waiter.spin()) {
      session.await(deadlineNs);
      waiter.reset();
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
    if (session != null) {
      session.close();
      session = null;
    }
    received = sent;
    log.clear();
  }

  /** Whether so much is unanswered that replies should be taken before more is sent. */
  boolean isFull() {
    return log.position() > MAX_LOG;
  }

  @Override
  public void close() {
    if (inFlight() > 0) {
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
