package io.zproc.tcp.internal.client;

import io.zproc.ClosedException;
import io.zproc.WaitStrategy;
import java.util.concurrent.TimeUnit;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.ZError;

/**
 * One connection that carries whole frames. For one thread at a time, which need not always be the
 * same if it is handed over safely; {@link #wake} may be called from any.
 *
 * <p>Interrupts do not end a wait, but are kept for the caller to see.
 */
final class Dealer implements AutoCloseable {
  private static final long SPIN_NS = 40_000;
  private static final int LOOKS_BEFORE_YIELD = 20;
  private static final long MAX_WAIT_MS = 3_600_000;

  private final Sockets owner;
  private final ZMQ.Socket socket;
  private final ZMQ.CancellationToken wakeUp;
  private final WaitStrategy waitStrategy;
  private int timeoutMs = -1;
  private boolean closed;

  Dealer(Sockets owner, ZMQ.Socket socket, WaitStrategy waitStrategy) {
    this.owner = owner;
    this.socket = socket;
    this.waitStrategy = waitStrategy;
    wakeUp = socket.createCancellationToken();
  }

  void send(byte[] frame) {
    boolean interrupted = Thread.interrupted();
    try {
      socket.send(frame, ZMQ.DONTWAIT);
    } catch (ZMQException e) {
      interrupted |= passInterrupt(e);
    } finally {
      keep(interrupted);
    }
  }

  /** The next frame if it is there, else null. */
  byte[] poll() {
    return receive(ZMQ.DONTWAIT);
  }

  /** The next frame; null at the deadline, or earlier when {@link #wake} was called. */
  byte[] receive(long deadlineNs) {
    byte[] frame = spin(deadlineNs);
    if (frame != null) {
      return frame;
    }
    long left = deadlineNs - System.nanoTime();
    if (left <= 0) {
      return null;
    }
    setTimeout((int) Math.min(MAX_WAIT_MS, TimeUnit.NANOSECONDS.toMillis(left) + 1));
    return receive(0);
  }

  private byte[] spin(long deadlineNs) {
    byte[] frame = poll();
    if (frame != null || waitStrategy == WaitStrategy.BLOCKING) {
      return frame;
    }
    boolean forever = waitStrategy == WaitStrategy.BUSY_SPIN;
    long end = forever ? deadlineNs : System.nanoTime() + SPIN_NS;
    for (int looks = 1; frame == null && System.nanoTime() - end < 0; looks++) {
      if (forever && wakeUp.isCancellationRequested()) {
        break;
      }
      if (looks > LOOKS_BEFORE_YIELD) {
        Thread.yield();
      } else {
        Thread.onSpinWait();
      }
      frame = poll();
    }
    return frame;
  }

  private byte[] receive(int flags) {
    boolean interrupted = Thread.interrupted();
    try {
      return flags == ZMQ.DONTWAIT ? socket.recv(flags) : socket.recv(flags, wakeUp);
    } catch (ZMQException e) {
      interrupted |= passInterrupt(e);
      return null;
    } finally {
      keep(interrupted);
    }
  }

  /** Passes over a wake-up; returns whether it was an interrupt, and throws anything else. */
  private boolean passInterrupt(ZMQException e) {
    switch (e.getErrorCode()) {
      case ZError.ECANCELED:
        wakeUp.reset();
        return false;
      case ZError.EINTR:
        return true;
      case ZError.ETERM:
        throw new ClosedException("the connection was closed");
      default:
        throw e;
    }
  }

  private static void keep(boolean interrupted) {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void setTimeout(int ms) {
    if (ms != timeoutMs) {
      timeoutMs = ms;
      socket.setReceiveTimeOut(ms);
    }
  }

  /** Lets {@link #receive} return, now or when it is next called. */
  synchronized void wake() {
    if (!closed) {
      wakeUp.cancel();
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      owner.closed(socket);
    }
  }
}
