package io.zproc.tcp.internal.gateway;

import io.zproc.tcp.internal.wire.Wire;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import zmq.ZMQ;
import zmq.util.Utils;

/**
 * Which connections the gateway's socket keeps. One is admitted when it opens a session or a
 * watcher. Until then it is a stranger's, and is cut off when it takes too long, or when too many
 * others have come since: the first of them goes first, so that who comes to stay has the time.
 *
 * <p>Thread-safe: jeromq's I/O thread tells of connections that come and go, the gateway's thread
 * admits them.
 */
final class Admission {
  static final int EVENTS = ZMQ.ZMQ_EVENT_ACCEPTED | ZMQ.ZMQ_EVENT_DISCONNECTED;

  private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
  private static final long OPEN_WITHIN_NS = TimeUnit.SECONDS.toNanos(10);
  private static final int MAX_CONNECTIONS = 20_000;
  private static final int MIN_STRANGERS = 64;
  private static final int MAX_STRANGERS = 1_024;

  /** What strangers may take of the heap when each has sent almost a frame. */
  private static final int SHARE_OF_HEAP = 16;

  private record Stranger(SocketChannel channel, long sinceNs) {}

  private final int maxConnections;
  private final int maxStrangers;

  /** All that are there, with the address that each comes from; guarded by this. */
  private final Map<SocketChannel, String> connections = new HashMap<>();

  /** Those that were not admitted, by the address, the first first; guarded by this. */
  private final Map<String, Stranger> strangers = new LinkedHashMap<>();

  private long cut;

  Admission() {
    this(
        Math.min(MAX_CONNECTIONS, maxOpenFiles() / 2),
        (int)
            Math.min(
                MAX_STRANGERS,
                Math.max(
                    MIN_STRANGERS,
                    Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / Wire.MAX_FRAME)));
  }

  Admission(int maxConnections, int maxStrangers) {
    this.maxConnections = maxConnections;
    this.maxStrangers = maxStrangers;
  }

  /** How many files this process may have open: the server needs some, too. */
  private static int maxOpenFiles() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
        if (line.startsWith("Max open files")) {
          return Integer.parseInt(line.split("\\s+")[3]);
        }
      }
    } catch (IOException | NumberFormatException e) {
      LOG.debug("no limit of open files is known", e);
    }
    return Integer.MAX_VALUE;
  }

  /** Takes one of {@link #EVENTS}. */
  synchronized void onEvent(ZMQ.Event event) {
    SocketChannel channel = (SocketChannel) event.arg;
    if (event.event == ZMQ.ZMQ_EVENT_ACCEPTED) {
      String address = Utils.getPeerIpAddress(channel).address();
      connections.put(channel, address);
      strangers.put(address, new Stranger(channel, System.nanoTime()));
      if (strangers.size() > maxStrangers || connections.size() > maxConnections) {
        cutFirst();
      }
    } else {
      strangers.remove(connections.remove(channel));
    }
  }

  private void cutFirst() {
    Iterator<Stranger> first = strangers.values().iterator();
    cut(first.next());
    first.remove();
  }

  /** Has jeromq find that the client has ended the connection, and tidy up. */
  private void cut(Stranger stranger) {
    cut++;
    try {
      stranger.channel.shutdownInput();
    } catch (IOException e) {
      LOG.debug("it has ended already", e);
    }
  }

  /** Keeps the connection that comes from an address. */
  synchronized void admit(String address) {
    strangers.remove(address);
  }

  /** Cuts off those that have taken too long. */
  synchronized void cutOld(long nowNs) {
    while (!strangers.isEmpty()
        && nowNs - strangers.values().iterator().next().sinceNs > OPEN_WITHIN_NS) {
      cutFirst();
    }
    connections.keySet().removeIf(channel -> !channel.isOpen());
  }

  /** How many were cut off. */
  synchronized long cut() {
    return cut;
  }
}
