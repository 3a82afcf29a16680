package io.zproc.shm.internal.server;

import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.internal.protocol.Relay;
import java.util.Iterator;
import java.util.LinkedHashMap;

/**
 * What the last commits of remote sessions did: learnt from the journal, to answer those that are
 * sent again, and noted while the server runs, for its successor. Whether their clients still live
 * can not be told, so those that committed last are kept, and it is remembered whether there were
 * others.
 */
final class RecoveredRemotes {
  private static final int MAX_SESSIONS = 4096;
  private static final long MAX_BYTES = 64L << 20;

  /** In the order of their last commits. */
  private final LinkedHashMap<Long, RecoveredReply> bySession = new LinkedHashMap<>();

  /** The commits of those and of this server's own time, in the same order. */
  private final LinkedHashMap<Long, AppliedSequences> applied = new LinkedHashMap<>();

  private final int maxSessions;
  private long bytes;

  /** Whether commits of before this server may be unknown; and also of those of its own time. */
  private boolean forgotten;

  private boolean forgottenSince;

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
    return RecoveredReply.complete(sequence, revision, note(session, sequence));
  }

  /** Notes that a commit was applied. */
  AppliedSequences note(long session, long sequence) {
    AppliedSequences sequences = applied.remove(session);
    if (sequences == null) {
      sequences = new AppliedSequences(Relay.MAX_UNANSWERED);
    }
    sequences.add(sequence);
    keep(session, sequences);
    return sequences;
  }

  private void keep(long session, AppliedSequences sequences) {
    applied.put(session, sequences);
    if (applied.size() > maxSessions) {
      applied.remove(applied.keySet().iterator().next());
      forgottenSince = true;
    }
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

  /** The reply to that session's last commit before this server, or null. */
  RecoveredReply get(long session) {
    return bySession.get(session);
  }

  /** Whether a session that is not known may have committed all the same. */
  boolean hasForgotten() {
    return forgotten;
  }

  /** Writes which commits were applied. */
  void write(ByteWriter out) {
    out.writeByte(forgotten || forgottenSince ? 1 : 0).writeInt(applied.size());
    applied.forEach(
        (session, sequences) -> {
          out.writeLong(session);
          sequences.write(out);
        });
  }

  /** Takes over what {@link #write} has written, as applied at or before a revision. */
  void read(ByteReader in, long revision) {
    forgotten |= in.readByte() != 0;
    for (int sessions = in.readInt(); sessions > 0; sessions--) {
      long session = in.readLong();
      AppliedSequences sequences = new AppliedSequences(Relay.MAX_UNANSWERED).read(in);
      keep(session, sequences);
      add(session, RecoveredReply.withoutResults(revision, sequences));
    }
  }
}
