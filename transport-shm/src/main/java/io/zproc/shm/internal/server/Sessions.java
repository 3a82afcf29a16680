package io.zproc.shm.internal.server;

import static io.zproc.shm.internal.layout.SessionEntryDescriptor.ATTACHED;
import static io.zproc.shm.internal.layout.SessionEntryDescriptor.ATTACHING;
import static io.zproc.shm.internal.layout.SessionEntryDescriptor.CLOSING;
import static io.zproc.shm.internal.layout.SessionEntryDescriptor.DROPPED;
import static io.zproc.shm.internal.layout.SessionEntryDescriptor.EPOCH_OFFSET;
import static io.zproc.shm.internal.layout.SessionEntryDescriptor.FREE;
import static io.zproc.shm.internal.layout.SessionEntryDescriptor.NUMBER_OFFSET;
import static io.zproc.shm.internal.layout.SessionEntryDescriptor.REASON_OFFSET;
import static io.zproc.shm.internal.layout.SessionEntryDescriptor.STATE_OFFSET;

import io.zproc.ZProcException;
import io.zproc.shm.internal.layout.Control;
import io.zproc.shm.internal.layout.ControlDescriptor;
import io.zproc.shm.internal.layout.Directory;
import io.zproc.shm.internal.layout.SessionDescriptor;
import io.zproc.shm.internal.layout.SessionEntryDescriptor;
import io.zproc.shm.internal.os.Files600;
import io.zproc.shm.internal.os.LockFile;
import io.zproc.shm.internal.os.MappedFile;
import io.zproc.shm.internal.os.Memory;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's side of the session table: attaches clients, and lets go of those that are gone. */
final class Sessions {
  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

  private final Directory directory;
  private final Control control;
  private final LockFile locks;
  private final Map<Long, RecoveredReply> recovered;
  private final Statistics statistics;
  private final ReplyBuffers buffers;
  private final ServerSession[] byIndex = new ServerSession[ControlDescriptor.SESSIONS];
  private int count;
  private int truncated;

  Sessions(
      Directory directory,
      Control control,
      LockFile locks,
      Map<Long, RecoveredReply> recovered,
      Statistics statistics,
      ReplyBuffers buffers) {
    this.buffers = buffers;
    this.directory = directory;
    this.control = control;
    this.locks = locks;
    this.recovered = recovered;
    this.statistics = statistics;
  }

  int count() {
    return count;
  }

  /** How many ended with a file that had become shorter. */
  int truncated() {
    return truncated;
  }

  /** The session with that index, or null. */
  ServerSession get(int index) {
    return byIndex[index];
  }

  /**
   * Looks at the table's entry of a session that made itself heard; returns the session if served.
   */
  ServerSession refresh(int index) {
    long entry = control.sessionAddress(index);
    int state = Memory.getIntVolatile(entry + STATE_OFFSET);
    if (state == ATTACHING && Memory.getLong(entry + EPOCH_OFFSET) == control.epoch()) {
      attach(index, entry);
    } else if (state == CLOSING) {
      forget(index);
      free(index);
    }
    return byIndex[index];
  }

  private void attach(int index, long entry) {
    forget(index);
    long number = Memory.getLong(entry + NUMBER_OFFSET);
    try {
      MappedFile file = MappedFile.open(directory.session(index), SessionDescriptor.LENGTH);
      ServerSession session =
          new ServerSession(index, number, file, recovered.remove(number), buffers);
      if (!session.isIntact()) {
        throw new ZProcException("session " + index + " has a file of another session");
      }
      byIndex[index] = session;
      count++;
      Memory.putIntVolatile(entry + STATE_OFFSET, ATTACHED);
    } catch (ZProcException e) {
      LOG.warn("session {} refused: {}", index, e.getMessage());
      drop(index, SessionEntryDescriptor.BAD_FILE);
    }
  }

  /** Stops serving a session whose client is alive, and tells it why. */
  void drop(int index, int reason) {
    statistics.droppedSessions++;
    ServerSession session = byIndex[index];
    LOG.warn("session {} dropped: {}", index, SessionEntryDescriptor.reasonText(reason));
    forget(index);
    long entry = control.sessionAddress(index);
    Memory.putInt(entry + REASON_OFFSET, reason);
    Memory.putIntVolatile(entry + STATE_OFFSET, DROPPED);
    if (session != null && reason != SessionEntryDescriptor.BAD_FILE) {
      session.wake();
    }
  }

  /**
   * Frees the places of dead clients, whether they were served yet or not.
   *
   * @param ended told of each session that was served
   */
  void freeDead(Consumer<ServerSession> ended) {
    for (int index = 0; index < byIndex.length; index++) {
      int state = Memory.getIntVolatile(control.sessionAddress(index) + STATE_OFFSET);
      if (state != FREE && !locks.isHeld(Directory.sessionLock(index))) {
        ServerSession session = byIndex[index];
        forget(index);
        free(index);
        if (session != null) {
          ended.accept(session);
          LOG.debug("session {} ended: its process has gone", index);
        }
      }
    }
  }

  /** What a checkpoint is to say of them, and of remote ones, now. */
  byte[] image(RecoveredRemotes remotes) {
    Map<Long, AppliedSequences> applied = new HashMap<>();
    recovered.forEach((number, reply) -> applied.put(number, reply.applied()));
    for (ServerSession session : byIndex) {
      if (session != null && !session.applied.isEmpty()) {
        applied.put(session.number, session.applied);
      }
    }
    SessionsImage.Head head =
        new SessionsImage.Head(control.identity(), control.lastSessionNumber());
    return SessionsImage.write(head, applied, remotes);
  }

  private void forget(int index) {
    if (byIndex[index] != null) {
      truncated += byIndex[index].isTruncated() ? 1 : 0;
      byIndex[index] = null;
      count--;
    }
  }

  private void free(int index) {
    Files600.deleteQuietly(directory.session(index));
    Memory.putIntVolatile(control.sessionAddress(index) + STATE_OFFSET, FREE);
  }
}
