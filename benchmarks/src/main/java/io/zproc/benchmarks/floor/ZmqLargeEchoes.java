package io.zproc.benchmarks.floor;

import io.zproc.benchmarks.process.Child;
import io.zproc.benchmarks.process.Role;
import java.io.IOException;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/**
 * A client that has 15 MiB sent back to it by the other end of a {@link ZmqPingPong}, in messages
 * as long as the slices that a gateway moves, for as long as it lives.
 */
public final class ZmqLargeEchoes implements Role {
  private static final int MESSAGE = 63 << 10;
  private static final int MESSAGES = (15 << 20) / MESSAGE;

  /** Returns when the first 15 MiB are back. */
  public static Child beside(ZmqPingPong echo) throws IOException {
    return Child.start(ZmqLargeEchoes.class, echo.address()).awaitReady();
  }

  @Override
  public void run(String[] arguments, Runnable ready) {
    ZMQ.Socket socket = ZMQ.context(1).socket(SocketType.DEALER);
    socket.setHWM(0);
    socket.connect(arguments[0]);
    byte[] message = new byte[MESSAGE];
    trip(socket, message);
    ready.run();
    while (!Thread.currentThread().isInterrupted()) {
      trip(socket, message);
    }
  }

  private static void trip(ZMQ.Socket socket, byte[] message) {
    for (int i = 0; i < MESSAGES; i++) {
      socket.send(message);
    }
    for (int i = 0; i < MESSAGES; i++) {
      socket.recv();
    }
  }
}
