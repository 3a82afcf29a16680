package io.zproc.shm.internal.server;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Whose turn it is to commit. While a session holds the turn, the commits of others wait; it ends
 * when the holder gives it back, dies, or has held it for its lease and others want it.
 */
final class Turns {
  /** No turn lasts longer, whatever lease was asked for. */
  private static final long MAX_LEASE_NS = 5_000_000_000L;

  private record Waiting(ServerSession session, long sequence, long leaseNs) {}

  private final Deque<Waiting> queue = new ArrayDeque<>();
  private ServerSession holder;
  private long endsNs;

  boolean isHeld() {
    return holder != null;
  }

  boolean isAnyoneWaiting() {
    return !queue.isEmpty();
  }

  boolean isHeldBy(ServerSession session) {
    return holder == session;
  }

  /** Whether that session's commits must wait. */
  boolean blocks(ServerSession session) {
    return holder != null && holder != session;
  }

  ServerSession holder() {
    return holder;
  }

  boolean hasOverrun(long nowNs) {
    return holder != null && nowNs - endsNs > 0;
  }

  void ask(ServerSession session, long sequence, long leaseNs) {
    queue.add(new Waiting(session, sequence, Math.min(Math.max(leaseNs, 1), MAX_LEASE_NS)));
  }

  void end() {
    holder = null;
  }

  /** Forgets a session that is gone. */
  void remove(ServerSession session) {
    queue.removeIf(waiting -> waiting.session == session);
    if (holder == session) {
      end();
    }
  }

  /** Gives a free turn to the next in the queue; returns its command's sequence, or −1. */
  long grantNext(long nowNs) {
    Waiting next = holder == null ? queue.poll() : null;
    if (next == null) {
      return -1;
    }
    holder = next.session;
    endsNs = nowNs + next.leaseNs;
    return next.sequence;
  }
}
