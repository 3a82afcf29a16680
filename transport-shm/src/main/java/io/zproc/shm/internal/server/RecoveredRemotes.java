package io.zproc.shm.internal.server;

import io.zproc.internal.protocol.Relay;
import java.util.Iterator;
import java.util.LinkedHashMap;

/**
 * What the last commits of remote sessions did, learnt from the journal. Whether their clients
 * still live can not be told, so those that committed last are kept, and it is remembered whether
 * there were others.
 */
final class RecoveredRemotes {
  private static final int MAX_SESSIONS = 4096;
  private static final long MAX_BYTES = 64L << 20;

  /** In the order of their last commits. */
  private final LinkedHashMap<Long, RecoveredReply> bySession = new LinkedHashMap<>();

  private final int maxSessions;
  private long bytes;
  private boolean forgotten;

  RecoveredRemotes() {
    this(MAX_SESSIONS);
  }

  RecoveredRemotes(int maxSessions) {
    this.maxSessions = maxSessions;
  }

  /** Begins the reply to a newer commit of a session. */
  RecoveredReply begin(long session, long sequence, long revision) {
    RecoveredReply before = bySession.remove(session);
    bytes -= before == null ? 0 : before.size();
    AppliedSequences applied =
        before == null ? new AppliedSequences(Relay.MAX_UNANSWERED) : before.applied();
    return new RecoveredReply(sequence, revision, applied);
  }

  /** Keeps a reply that is complete, and no more than so many and so much. */
  void add(long session, RecoveredReply reply) {
    bySession.put(session, reply);
    bytes += reply.size();
    Iterator<RecoveredReply> eldest = bySession.values().iterator();
    while (bySession.size() > maxSessions || bytes > MAX_BYTES && bySession.size() > 1) {
      bytes -= eldest.next().size();
      eldest.remove();
      forgotten = true;
    }
  }

  /** The reply to that session's last commit, or null. */
  RecoveredReply get(long session) {
    return bySession.get(session);
  }

  /** Whether a session that is not known may have committed all the same. */
  boolean hasForgotten() {
    return forgotten;
  }
}
