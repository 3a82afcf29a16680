package io.zproc.tcp.internal.gateway;

import io.zproc.ServerOptions;
import io.zproc.ZProcException;
import io.zproc.internal.jvm.Uninterruptibly;
import io.zproc.spi.Address;
import io.zproc.spi.Gateway;
import io.zproc.tcp.internal.wire.Security;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves remote clients of a server in this JVM. One thread does it all and waits for nobody: it
 * takes frames, gives commands to the server, passes replies on as they come, and tells watchers of
 * commits. What it can not do without waiting, {@link BulkSender} and {@link CommitSignal} do for
 * it.
 *
 * <p>It sleeps when there is nothing to do. For a reply of the server, which mostly takes a few
 * microseconds, it looks again and again for a while, and then every millisecond.
 */
public final class TcpGateway implements Gateway {
  private static final Logger LOG = LoggerFactory.getLogger(TcpGateway.class);
  private static final int FRAMES_PER_CYCLE = 32;
  private static final long SPIN_NS = 100_000;
  private static final int LOOKS_BEFORE_YIELD = 50;
  private static final int REPLY_WAIT_MS = 1;
  private static final int IDLE_WAIT_MS = 1_000;
  private static final long STOP_TIMEOUT_MS = 10_000;

  private final RouterSocket socket = new RouterSocket();
  private final Thread thread = new Thread(this::run, "zproc-gateway");
  private final List<String> addresses;
  private final Backend backend;
  private final BulkSender bulk;
  private final RemoteSessions sessions;
  private final RemoteWatchers watchers;
  private final Peers peers;
  private final CommitSignal commits;
  private volatile boolean running = true;
  private long spinningSinceNs;
  private int looks;
  private long nextHousekeepingNs = System.nanoTime();

  private TcpGateway(Address server, List<Address> listen, ServerOptions options) {
    try {
      listen.forEach(address -> socket.bind(address.toString()));
    } catch (ZProcException e) {
      socket.close();
      throw e;
    }
    addresses = socket.addresses();
    backend = new Backend(server);
    bulk = new BulkSender(socket::wake);
    watchers = new RemoteWatchers(backend);
    sessions = new RemoteSessions(backend, bulk, this::gauges);
    Security security = new Security(options.secretKey(), options.encrypted());
    peers = new Peers(socket, security, backend, sessions, watchers);
    commits = new CommitSignal(backend.connection(), socket::wake);
    thread.setDaemon(true);
  }

  /** Listens at all those addresses. */
  public static TcpGateway open(Address server, List<Address> listen, ServerOptions options) {
    TcpGateway gateway = new TcpGateway(server, listen, options);
    gateway.thread.start();
    LOG.info("serving {} at {}", server, gateway.addresses);
    return gateway;
  }

  private Map<String, Object> gauges() {
    Map<String, Object> gauges = new LinkedHashMap<>();
    gauges.put("remote_connections", peers.count());
    gauges.put("remote_connections_cut", socket.admission().cut());
    gauges.put("remote_sessions", sessions.count());
    gauges.put("remote_frames_refused", peers.refusedFrames());
    return gauges;
  }

  private void run() {
    try {
      while (running) {
        cycle();
      }
    } catch (RuntimeException | Error e) {
      if (running) {
        LOG.error("the gateway at {} stops", addresses, e);
      }
    } finally {
      shutDown();
    }
  }

  private void cycle() {
    try {
      int work = takeFrames(0) + sessions.pump() + watchers.serve();
      housekeeping();
      if (work > 0) {
        looks = 0;
      } else {
        idle();
      }
    } catch (OutOfMemoryError e) {
      LOG.error("the gateway at {} goes on after an error", addresses, e);
    }
  }

  private int takeFrames(int waitMs) {
    int taken = 0;
    int wait = waitMs;
    while (taken < FRAMES_PER_CYCLE && socket.receive(wait)) {
      peers.onFrame(socket.connection(), socket.frame());
      wait = 0;
      taken++;
    }
    return taken;
  }

  private void idle() {
    boolean repliesMayCome = sessions.isAnyActive();
    if (repliesMayCome && spin()) {
      return;
    }
    if (watchers.isAnyWaiting()) {
      commits.arm(watchers.lookedAt(), watchers.interest());
      if (watchers.isPublishedBehind(watchers.lookedAt())) {
        return;
      }
    }
    if (takeFrames(repliesMayCome ? REPLY_WAIT_MS : IDLE_WAIT_MS) > 0) {
      looks = 0;
    }
  }

  /** Returns whether to look again at once. */
  private boolean spin() {
    long now = System.nanoTime();
    if (looks++ == 0) {
      spinningSinceNs = now;
    }
    if (looks > LOOKS_BEFORE_YIELD) {
      Thread.yield();
    } else {
      Thread.onSpinWait();
    }
    return now - spinningSinceNs < SPIN_NS;
  }

  private void housekeeping() {
    long now = System.nanoTime();
    if (now - nextHousekeepingNs >= 0) {
      nextHousekeepingNs = now + TimeUnit.MILLISECONDS.toNanos(IDLE_WAIT_MS);
      sessions.forgetOld(now);
      peers.forgetOld(now);
      socket.admission().cutOld(now);
    }
  }

  private void shutDown() {
    commits.close();
    bulk.close();
    watchers.close();
    backend.close();
    socket.close();
  }

  @Override
  public List<String> addresses() {
    return addresses;
  }

  @Override
  public void close() {
    running = false;
    socket.wake();
    if (!Uninterruptibly.join(thread, STOP_TIMEOUT_MS)) {
      throw new ZProcException(
          "the gateway at " + addresses + " did not stop within " + STOP_TIMEOUT_MS + " ms");
    }
  }
}
