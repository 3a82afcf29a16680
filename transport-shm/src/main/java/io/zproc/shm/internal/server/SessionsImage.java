package io.zproc.shm.internal.server;

import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import java.util.Map;

/**
 * What a checkpoint says of sessions: which of their commands are in the state already, so that one
 * that is sent again to a later server is not applied twice.
 *
 * <pre>
 *   last session number (8)
 *   sessions (4), each: number (8), its applied sequences
 *   remote sessions, see {@link RecoveredRemotes#write}
 * </pre>
 */
final class SessionsImage {
  private SessionsImage() {}

  static byte[] write(
      long lastSession, Map<Long, AppliedSequences> sessions, RecoveredRemotes remotes) {
    ByteWriter out = new ByteWriter().writeLong(lastSession).writeInt(sessions.size());
    sessions.forEach(
        (number, sequences) -> {
          out.writeLong(number);
          sequences.write(out);
        });
    remotes.write(out);
    return out.toByteArray();
  }

  /** Returns the last session number; fills in the others. */
  static long read(
      byte[] image, long revision, Map<Long, RecoveredReply> replies, RecoveredRemotes remotes) {
    ByteReader in = new ByteReader().wrap(image, 0, image.length);
    long lastSession = in.readLong();
    for (int sessions = in.readInt(); sessions > 0; sessions--) {
      long number = in.readLong();
      AppliedSequences sequences = new AppliedSequences().read(in);
      replies.put(number, RecoveredReply.withoutResults(revision, sequences));
    }
    remotes.read(in, revision);
    return lastSession;
  }
}
