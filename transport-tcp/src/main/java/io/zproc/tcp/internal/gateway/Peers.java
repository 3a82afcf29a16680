package io.zproc.tcp.internal.gateway;

import io.zproc.ProtocolException;
import io.zproc.codec.ByteReader;
import io.zproc.codec.MalformedValueException;
import io.zproc.tcp.internal.wire.FrameType;
import io.zproc.tcp.internal.wire.GatewayHandshake;
import io.zproc.tcp.internal.wire.Refusal;
import io.zproc.tcp.internal.wire.Security;
import io.zproc.tcp.internal.wire.Wire;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of a gateway, and what their frames have to pass before anything is done with
 * them: a handshake, and for each frame its seal. What does not pass is dropped and counted. The
 * gateway's thread only.
 */
final class Peers {
  private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
  private static final long HANDSHAKE_NS = 10_000_000_000L;
  private static final int MAX_PEERS = 20_000;

  private final RouterSocket socket;
  private final Security security;
  private final Backend backend;
  private final RemoteSessions sessions;
  private final RemoteWatchers watchers;
  private final Map<Long, Peer> byConnection = new LinkedHashMap<>();

  /** Connections that were told so lately; who goes on all the same is not told each time. */
  private final Set<Long> refused = new HashSet<>();

  private long refusedFrames;

  Peers(
      RouterSocket socket,
      Security security,
      Backend backend,
      RemoteSessions sessions,
      RemoteWatchers watchers) {
    this.socket = socket;
    this.security = security;
    this.backend = backend;
    this.sessions = sessions;
    this.watchers = watchers;
  }

  int count() {
    return byConnection.size();
  }

  /** How many frames were dropped. */
  long refusedFrames() {
    return refusedFrames;
  }

  /** Takes a frame; nothing in it can make this fail. */
  void onFrame(long connection, byte[] frame) {
    if (connection == 0 || frame == null || frame.length == 0) {
      refusedFrames++;
      return;
    }
    Peer peer = byConnection.get(connection);
    byte type = frame[0];
    if (type == FrameType.GONE) {
      forget(peer);
    } else if (type == FrameType.HELLO) {
      hello(connection, peer, frame);
    } else if (type <= FrameType.LAST_CLEAR) {
      refusedFrames++;
    } else if (peer == null) {
      refuse(connection, Refusal.UNKNOWN);
    } else {
      sealed(peer, frame);
    }
  }

  private void hello(long connection, Peer peer, byte[] frame) {
    GatewayHandshake handshake = null;
    try {
      if (peer == null && byConnection.size() < MAX_PEERS) {
        handshake = GatewayHandshake.of(security, new ByteReader(frame).position(1));
      }
    } catch (MalformedValueException e) {
      // As good as none.
      handshake = null;
    }
    if (handshake == null) {
      refusedFrames++;
    } else if (handshake.refusal() != 0) {
      refuse(connection, handshake.refusal());
    } else {
      long now = System.nanoTime();
      byConnection.put(connection, new Peer(socket, connection, handshake.seals(), now));
      socket.send(connection, handshake.welcome());
    }
  }

  private void refuse(long connection, int refusal) {
    refusedFrames++;
    if (refused.add(connection)) {
      socket.send(connection, Wire.refused(refusal));
    }
  }

  private void sealed(Peer peer, byte[] frame) {
    ByteReader content = peer.check.open(frame);
    if (content == null) {
      if (peer.check.isRepeated()) {
        refusedFrames++;
      } else {
        forget(peer);
        refuse(peer.connection, Refusal.UNKNOWN);
      }
      return;
    }
    try {
      dispatch(peer, peer.check.type(), content);
    } catch (MalformedValueException | ProtocolException e) {
      refusedFrames++;
      LOG.warn("a client sent what is no message of the protocol: {}", e.getMessage());
      end(peer, e.getMessage());
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.error("a client's frame could not be served; it has to connect anew", e);
      forget(peer);
      refuse(peer.connection, Refusal.UNKNOWN);
    }
  }

  private void dispatch(Peer peer, byte type, ByteReader content) {
    switch (type) {
      case FrameType.PROBE:
        peer.begin(FrameType.ALIVE)
            .writeLong(content.readLong())
            .writeLong(backend.pid())
            .writeLong(backend.revision());
        peer.send();
        break;
      case FrameType.OPEN:
        open(peer, content);
        break;
      case FrameType.CLOSE:
        end(peer, null);
        break;
      default:
        if (peer.role() == null) {
          throw new ProtocolException("a frame of type " + type + " before a session is open");
        }
        peer.role().onFrame(type, content);
    }
  }

  private void open(Peer peer, ByteReader content) {
    if (peer.role() != null) {
      throw new ProtocolException("a connection opens twice");
    }
    byte role = content.readByte();
    socket.admit();
    if (role == Wire.ROLE_EVENTS) {
      peer.role(new RemoteWatcher(watchers, peer));
      opened(peer, Wire.FATE_NEW, 0);
    } else if (role == Wire.ROLE_COMMANDS) {
      openSession(peer, content);
    } else {
      throw new ProtocolException("role " + role);
    }
  }

  private void openSession(Peer peer, ByteReader content) {
    long boot = content.readLong();
    long number = content.readLong();
    long sent = content.readLong();
    long taken = content.readLong();
    RemoteSession old = number == 0 ? null : sessions.resume(boot, number, sent, taken);
    RemoteSession session = old == null ? sessions.create() : old;
    if (session.peer() != null) {
      byConnection.remove(session.peer().connection);
      session.onGone();
    }
    peer.role(session);
    byte fate = old != null ? Wire.FATE_RESUMED : number == 0 ? Wire.FATE_NEW : Wire.FATE_LOST;
    session.attach(peer, taken);
    opened(peer, fate, session.number);
    session.advance();
  }

  private void opened(Peer peer, byte fate, long session) {
    peer.begin(FrameType.OPENED)
        .writeByte(fate)
        .writeLong(sessions.boot)
        .writeLong(session)
        .writeLong(backend.pid())
        .writeLong(backend.revision())
        .writeLong(backend.connection().identity());
    peer.send();
  }

  /** The connection is no more; its session waits for another one. */
  private void forget(Peer peer) {
    if (peer != null && byConnection.remove(peer.connection) != null && peer.role() != null) {
      peer.role().onGone();
    }
  }

  /** The session is no more either; a reason is told to the client. */
  private void end(Peer peer, String reason) {
    if (peer.role() instanceof RemoteSession session) {
      sessions.end(session, reason);
    }
    forget(peer);
  }

  /** Forgets those that have said hello and nothing else. */
  void forgetOld(long nowNs) {
    refused.clear();
    Iterator<Peer> all = byConnection.values().iterator();
    while (all.hasNext()) {
      Peer peer = all.next();
      if (peer.role() == null && nowNs - peer.sinceNs > HANDSHAKE_NS) {
        all.remove();
      }
    }
  }
}
