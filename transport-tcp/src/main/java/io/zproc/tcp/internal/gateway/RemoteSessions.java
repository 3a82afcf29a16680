package io.zproc.tcp.internal.gateway;

import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.internal.protocol.MessageType;
import io.zproc.internal.protocol.Relay;
import io.zproc.internal.protocol.ReplyStatus;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The sessions of all remote clients. The gateway's thread only. */
final class RemoteSessions {
  /** How long one without a connection is remembered: longer than any client tries to go on. */
  private static final long KEPT_NS = 600_000_000_000L;

  private static final int MAX_DETACHED = 10_000;

  private final SecureRandom random = new SecureRandom();
  private final Backend backend;
  private final BulkSender bulk;

  /** What the gateway knows of itself; it goes with the server's own statistics. */
  private final Supplier<Map<String, Object>> gauges;

  /** What they keep long commands and replies in. */
  final LargeArrays arrays = new LargeArrays();

  /** Names this gateway, so that sessions of an earlier one are told from those forgotten. */
  final long boot;

  private final Map<Long, RemoteSession> byNumber = new LinkedHashMap<>();
  private final List<RemoteSession> active = new ArrayList<>();
  private final Deque<RemoteSession> needExchange = new ArrayDeque<>();

  RemoteSessions(Backend backend, BulkSender bulk, Supplier<Map<String, Object>> gauges) {
    this.backend = backend;
    this.bulk = bulk;
    this.gauges = gauges;
    // Each start of a server is an event of its journal, so no other gateway has had this one.
    boot = backend.revision();
  }

  /** A new session. */
  RemoteSession create() {
    return create(random.nextLong() | Long.MIN_VALUE);
  }

  private RemoteSession create(long number) {
    RemoteSession session = new RemoteSession(this, backend, number);
    byNumber.put(number, session);
    return session;
  }

  /**
   * The session that a client wants to go on with, or null if it is not known any more.
   *
   * @param ofBoot of the gateway that has given it
   * @param sent the last sequence that the client has sent
   * @param taken the last one whose reply it has
   */
  RemoteSession resume(long ofBoot, long number, long sent, long taken) {
    RemoteSession known = byNumber.get(number);
    if (known != null || ofBoot == boot || !Relay.isRemote(number)) {
      return known;
    }
    RemoteSession session = create(number);
    session.goOn(taken, sent);
    return session;
  }

  BulkSender bulk() {
    return bulk;
  }

  int count() {
    return byNumber.size();
  }

  void activate(RemoteSession session) {
    active.add(session);
  }

  void deactivate(RemoteSession session) {
    active.remove(session);
  }

  /** Whether the server has something of them to answer. */
  boolean isAnyActive() {
    return !active.isEmpty();
  }

  void awaitExchange(RemoteSession session) {
    if (!needExchange.contains(session)) {
      needExchange.add(session);
    }
  }

  /** Takes what the server has answered; returns how many sessions had something. */
  int pump() {
    int work = 0;
    for (int i = active.size() - 1; i >= 0; i--) {
      // A session that is done takes itself off the list, and only itself.
      work += active.get(i).pump() ? 1 : 0;
    }
    while (!needExchange.isEmpty() && backend.hasIdle()) {
      needExchange.remove().advance();
    }
    return work;
  }

  /** Gives a command a copy of the server's reply, see {@link #gauges}. */
  void answer(RemoteCommand command, ByteReader content) {
    int length = content.remaining();
    if (command.type == MessageType.STATISTICS && content.peekByte() == ReplyStatus.OK) {
      ByteWriter out = new ByteWriter();
      out.writeBytes(content.array(), content.position(), length);
      gauges.get().forEach((name, value) -> out.writeText(name).writeText(value.toString()));
      command.answer(out.toByteArray(), out.position());
    } else {
      byte[] copy = arrays.take(length);
      System.arraycopy(content.array(), content.position(), copy, 0, length);
      command.answer(copy, length);
    }
  }

  /** Forgets one; the reason is told to its client, null for none. */
  void end(RemoteSession session, String reason) {
    byNumber.remove(session.number);
    needExchange.remove(session);
    session.close(reason);
  }

  /** Forgets those whose clients have been away for long, the first first. */
  void forgetOld(long nowNs) {
    arrays.giveUpUnused();
    Iterator<RemoteSession> all = byNumber.values().iterator();
    int excess = byNumber.size() - MAX_DETACHED;
    while (all.hasNext()) {
      RemoteSession session = all.next();
      if (session.isDetachedSince(nowNs - KEPT_NS) || excess > 0 && session.peer() == null) {
        all.remove();
        excess--;
        session.close(null);
      }
    }
  }
}
