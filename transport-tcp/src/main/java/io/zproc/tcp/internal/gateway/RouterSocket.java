package io.zproc.tcp.internal.gateway;

import io.zproc.ZProcException;
import io.zproc.internal.protocol.Relay;
import io.zproc.tcp.internal.wire.FrameType;
import io.zproc.tcp.internal.wire.Wire;
import io.zproc.tcp.internal.wire.ZmqContexts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.Msg;
import zmq.SocketBase;
import zmq.ZError;
import zmq.io.Metadata;
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

  /**
   * So many frames of one connection wait to be taken; then no more is read from it, and who sends
   * has to wait.
   */
  private static final int FRAMES_FROM_ONE = 256;

  /**
   * So many frames wait until a client takes them; what comes then is dropped, and the client will
   * miss it and connect anew. One that keeps to the protocol never has that many: the replies of
   * all commands it may send, each with as many slices as come unasked, and some signs of life.
   */
  private static final int FRAMES_TO_ONE = 6 * Relay.MAX_UNANSWERED;

  /** After so many seconds without a word the other host is asked whether it is still there. */
  private static final int ASK_AFTER_S = 30;

  private static final int ASK_AGAIN_AFTER_S = 10;
  private static final int ASK_TIMES = 3;

  private static final long PAUSE_NS = 10_000_000;

  private final ZMQ.Context context = ZmqContexts.create();
  private final ZMQ.Socket socket;
  private final SocketBase base;
  private final Admission admission = new Admission();
  private final AtomicBoolean wakeUp = new AtomicBoolean();

  /** Guards {@link #closed}: who wakes the socket uses a channel that is closed with it. */
  private final Object waking = new Object();

  private boolean closed;
  private final List<String> addresses = new ArrayList<>();
  private int timeoutMs = -1;
  private long connection;
  private byte[] frame;
  private Metadata metadata;

  RouterSocket() {
    socket = context.socket(SocketType.ROUTER);
    base = socket.base();
    socket.setRcvHWM(FRAMES_FROM_ONE);
    socket.setSndHWM(FRAMES_TO_ONE);
    socket.setBacklog(BACKLOG);
    socket.setLinger(LINGER_MS);
    socket.setMaxMsgSize(Wire.MAX_FRAME);
    socket.setHandshakeIvl(0); // those who take too long are cut off by other means
    base.setEventHook(admission::onEvent, Admission.EVENTS);
    noticeVanishedHosts();
    base.setSocketOpt(zmq.ZMQ.ZMQ_DISCONNECT_MSG, new byte[] {FrameType.GONE});
    base.setSocketOpt(zmq.ZMQ.ZMQ_MSG_ALLOCATOR, (MsgAllocator) RouterSocket::allocate);
  }

  /**
   * Room for a frame. jeromq 0.6.0 compares a length of eight bytes with the longest as a signed
   * number, then takes its lower half: it would ask for up to 2 GiB, or for less than nothing, and
   * the exception leaves its thread in an endless loop. Without room, such a frame is an empty one,
   * as is one for which there is no memory.
   */
  private static Msg allocate(int length) {
    int room = length < 0 || length > Wire.MAX_FRAME ? 0 : length;
    while (true) {
      try {
        return new Frame(room);
      } catch (OutOfMemoryError e) {
        room = 0;
        LockSupport.parkNanos(PAUSE_NS);
      }
    }
  }

  /**
   * A frame of ZeroMQ. A PING says how long it may take until the next; jeromq keeps a timer for
   * each, also behind the end of its connection and up to 109 minutes, and goes over all of them
   * each time it looks for work. So it is told that any time will do.
   */
  private static final class Frame extends Msg {
    Frame(int length) {
      super(length);
    }

    /** Only for the time in a PING, in tenths of a second. */
    @Override
    public int getShort(int offset) {
      return 0;
    }
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
      throw new ZProcException("can not listen at " + address + ": " + reason(e), e);
    }
  }

  /** JeroMQ says that an address is in use whatever the operating system says. */
  private static String reason(ZMQException e) {
    return e.getErrorCode() == ZError.EADDRINUSE
        ? "its port is in use or not yours to take, or no interface of this host has the address"
        : e.getMessage();
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
    metadata = whole ? content.getMetadata() : null;
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

  /** Keeps the connection of the frame taken last; one that was not admitted is cut off. */
  void admit() {
    if (metadata != null) {
      admission.admit(metadata.get(Metadata.PEER_ADDRESS));
    }
  }

  /** Which connections are kept. */
  Admission admission() {
    return admission;
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
