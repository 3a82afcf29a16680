package io.zproc.tcp.internal.client;

import io.zproc.ClosedException;
import io.zproc.WaitStrategy;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/**
 * The sockets of one client, and the I/O thread that they share. Thread-safe. It ends with the last
 * socket after {@link #close}: to end a context of ZeroMQ waits for all of its sockets.
 */
final class Sockets implements AutoCloseable {
  private static final int MAX_SOCKETS = 1 << 14;
  private static final int LINGER_MS = 100;
  private static final int RECONNECT_MS = 50;

  private final String address;
  private final WaitStrategy waitStrategy;
  private final ZMQ.Context context = ZMQ.context(1);
  private int open;
  private boolean closed;

  Sockets(String address, WaitStrategy waitStrategy) {
    this.address = address;
    this.waitStrategy = waitStrategy;
    context.setMaxSockets(MAX_SOCKETS);
    context.setBlocky(false);
  }

  /** A socket that goes on connecting until there is somebody at the address. */
  synchronized Dealer connect() {
    if (closed) {
      throw new ClosedException("the connection to " + address + " was closed");
    }
    ZMQ.Socket socket = context.socket(SocketType.DEALER);
    socket.setLinger(LINGER_MS);
    socket.setHWM(0);
    socket.setReconnectIVL(RECONNECT_MS);
    socket.setIPv6(address.contains("["));
    socket.connect(address);
    open++;
    return new Dealer(this, socket, waitStrategy);
  }

  synchronized void closed(ZMQ.Socket socket) {
    socket.close();
    open--;
    end();
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      end();
    }
  }

  private void end() {
    if (closed && open == 0) {
      context.term();
    }
  }
}
