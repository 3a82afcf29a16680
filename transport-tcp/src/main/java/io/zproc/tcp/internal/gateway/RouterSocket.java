package io.zproc.tcp.internal.gateway;

import io.zproc.ZProcException;
import io.zproc.tcp.internal.wire.FrameType;
import io.zproc.tcp.internal.wire.Wire;
import io.zproc.tcp.internal.wire.ZmqContexts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.Msg;
import zmq.SocketBase;
import zmq.msg.MsgAllocator;

/**
 * The socket to which all clients connect. One thread uses it; {@link #wake} may be called from
 * any.
 *
 * <p>Connections have numbers that the socket gives; a client that picks one itself is not listened
 * to. That a connection has ended comes as a frame {@link FrameType#GONE}.
 */
final class RouterSocket implements AutoCloseable {
  private static final int IDENTITY_LENGTH = 5;
  private static final int BACKLOG = 1024;
  private static final int LINGER_MS = 200;

  /** After so many seconds without a word the other host is asked whether it is still there. */
  private static final int ASK_AFTER_S = 30;

  private static final int ASK_AGAIN_AFTER_S = 10;
  private static final int ASK_TIMES = 3;

  private final ZMQ.Context context = ZmqContexts.create();
  private final ZMQ.Socket socket;
  private final SocketBase base;
  private final AtomicBoolean wakeUp = new AtomicBoolean();

  /** Guards {@link #closed}: who wakes the socket uses a channel that is closed with it. */
  private final Object waking = new Object();

  private boolean closed;
  private final List<String> addresses = new ArrayList<>();
  private int timeoutMs = -1;
  private long connection;
  private byte[] frame;

  RouterSocket() {
    socket = context.socket(SocketType.ROUTER);
    base = socket.base();
    socket.setHWM(0);
    socket.setBacklog(BACKLOG);
    socket.setLinger(LINGER_MS);
    socket.setMaxMsgSize(Wire.MAX_FRAME);
    noticeVanishedHosts();
    base.setSocketOpt(zmq.ZMQ.ZMQ_DISCONNECT_MSG, new byte[] {FrameType.GONE});
    base.setSocketOpt(zmq.ZMQ.ZMQ_MSG_ALLOCATOR, (MsgAllocator) RouterSocket::allocate);
  }

  /**
   * Room for a frame. jeromq 0.6.0 compares a length of eight bytes with the longest as a signed
   * number, then takes its lower half: it would ask for up to 2 GiB, or for less than nothing, and
   * the exception leaves its thread in an endless loop. Without room, such a frame is an empty one.
   */
  private static Msg allocate(int length) {
    return new Msg(length < 0 || length > Wire.MAX_FRAME ? 0 : length);
  }

  /** The other host's kernel answers, so a process that is stopped stays connected. */
  private void noticeVanishedHosts() {
    socket.setTCPKeepAlive(1);
    socket.setTCPKeepAliveIdle(ASK_AFTER_S);
    socket.setTCPKeepAliveInterval(ASK_AGAIN_AFTER_S);
    socket.setTCPKeepAliveCount(ASK_TIMES);
  }

  /** Listens at one more address; port 0 stands for any. */
  void bind(String address) {
    try {
      socket.setIPv6(address.contains("["));
      socket.bind(address);
      addresses.add(socket.getLastEndpoint());
    } catch (ZMQException e) {
      throw new ZProcException("can not listen at " + address + ": " + e.getMessage(), e);
    }
  }

  List<String> addresses() {
    return List.copyOf(addresses);
  }

  /**
   * Takes the next frame, see {@link #connection} and {@link #frame}.
   *
   * @param waitMs 0 to look only
   * @return false if there is none
   */
  boolean receive(int waitMs) {
    Msg identity = waitMs == 0 ? base.recv(ZMQ.DONTWAIT) : await(waitMs);
    if (identity == null) {
      return false;
    }
    Msg content = base.recv(ZMQ.DONTWAIT);
    boolean whole = content != null && !content.hasMore();
    while (content != null && content.hasMore()) {
      content = base.recv(ZMQ.DONTWAIT);
    }
    connection = whole ? number(identity) : 0;
    frame = whole ? content.data() : null;
    return true;
  }

  private Msg await(int waitMs) {
    if (waitMs != timeoutMs) {
      timeoutMs = waitMs;
      socket.setReceiveTimeOut(waitMs);
    }
    Msg identity = base.recv(0, wakeUp);
    wakeUp.set(false);
    return identity;
  }

  private static long number(Msg identity) {
    if (identity.size() != IDENTITY_LENGTH || identity.get(0) != 0) {
      return 0;
    }
    return 1L << 32 | identity.getInt(1) & 0xffff_ffffL;
  }

  /** Of the frame taken last; 0 for one to pass over. */
  long connection() {
    return connection;
  }

  byte[] frame() {
    return frame;
  }

  /** Sends without waiting; to a connection that has ended, nothing. */
  void send(long to, byte[] content) {
    byte[] identity = new byte[IDENTITY_LENGTH];
    for (int i = 1; i < IDENTITY_LENGTH; i++) {
      identity[i] = (byte) (to >>> 8 * (IDENTITY_LENGTH - 1 - i));
    }
    if (base.send(new Msg(identity), ZMQ.SNDMORE | ZMQ.DONTWAIT)) {
      base.send(new Msg(content), ZMQ.DONTWAIT);
    }
  }

  /** Lets {@link #receive} return, now or when it next waits. From any thread. */
  void wake() {
    synchronized (waking) {
      if (!closed) {
        base.cancel(wakeUp);
      }
    }
  }

  @Override
  public void close() {
    synchronized (waking) {
      closed = true;
    }
    socket.close();
    context.term();
  }
}
