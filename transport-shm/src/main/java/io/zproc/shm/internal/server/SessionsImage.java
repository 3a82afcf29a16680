package io.zproc.shm.internal.server;

import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import java.util.Map;

/**
 * What a checkpoint says beside the entries: which state it is of, and which commands of sessions
 * are in it already, so that one that is sent again to a later server is not applied twice.
 *
 * <pre>
 *   identity of the state (8) | last session number (8)
 *   sessions (4), each: number (8), its applied sequences
 *   remote sessions, see {@link RecoveredRemotes#write}
 * </pre>
 */
final class SessionsImage {
  private SessionsImage() {}

  /** What it begins with. */
  record Head(long identity, long lastSession) {}

  static byte[] write(Head head, Map<Long, AppliedSequences> sessions, RecoveredRemotes remotes) {
    ByteWriter out = new ByteWriter().writeLong(head.identity).writeLong(head.lastSession);
    out.writeInt(sessions.size());
    sessions.forEach(
        (number, sequences) -> {
          out.writeLong(number);
          sequences.write(out);
        });
    remotes.write(out);
    return out.toByteArray();
  }

  /** Returns the head; fills in the others. */
  static Head read(
      byte[] image, long revision, Map<Long, RecoveredReply> replies, RecoveredRemotes remotes) {
    ByteReader in = new ByteReader().wrap(image, 0, image.length);
    Head head = new Head(in.readLong(), in.readLong());
    for (int sessions = in.readInt(); sessions > 0; sessions--) {
      long number = in.readLong();
      AppliedSequences sequences = new AppliedSequences().read(in);
      replies.put(number, RecoveredReply.withoutResults(revision, sequences));
    }
    remotes.read(in, revision);
    return head;
  }
}
