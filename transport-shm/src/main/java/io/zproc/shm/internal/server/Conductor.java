package io.zproc.shm.internal.server;

import io.zproc.ProtocolException;
import io.zproc.codec.ByteWriter;
import io.zproc.internal.protocol.Replies;
import io.zproc.shm.internal.layout.Control;
import io.zproc.shm.internal.layout.ControlDescriptor;
import io.zproc.shm.internal.layout.DirtyBits;
import io.zproc.shm.internal.layout.SessionEntryDescriptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of a directory. A duty cycle takes the commands of the sessions that have made
 * themselves heard, executes them one after the other, and then wakes whoever sleeps and was
 * replied to, or watches what was committed. All state of the server belongs to the thread that
 * calls {@link #doWork}.
 */
final class Conductor {
  private static final Logger LOG = LoggerFactory.getLogger(Conductor.class);
  private static final int COMMANDS_PER_SESSION = 64;
  private static final long LATE_FAULTS_NS = 1_000_000_000;
  private static final long LIVENESS_INTERVAL_NS = 500_000_000;
  private static final long TURN_LIVENESS_INTERVAL_NS = 10_000_000;

  private final Control control;
  private final Sessions sessions;
  private final CommandAdapter adapter;
  private final CommitProcessor commits;
  private final Turns turns;
  private final Checkpointer checkpointer;
  private final ByteWriter reply = new ByteWriter();
  private final int[] replied = new int[ControlDescriptor.SESSIONS];
  private int repliedCount;
  private int deferredCount;
  private int pendingCount;
  private long wokenFor;
  private int truncated;
  private long lateFaultsUntilNs;
  private long nextLivenessNs = System.nanoTime();

  Conductor(
      Control control,
      Sessions sessions,
      CommandAdapter adapter,
      CommitProcessor commits,
      Turns turns,
      Checkpointer checkpointer) {
    this.checkpointer = checkpointer;
    this.control = control;
    this.sessions = sessions;
    this.adapter = adapter;
    this.commits = commits;
    this.turns = turns;
  }

  /**
   * Whether the server can go on after an error of touching mapped memory: if it comes of a
   * session's file that was truncated, and has interrupted no commit. The JVM may deliver such an
   * error late, at whatever the thread does next, and more than one for each file.
   */
  boolean survives(InternalError fault, long nowNs) {
    boolean isWhole = !commits.isUnderWay() && !checkpointer.isRolling();
    checkpointer.abort();
    dropTruncated();
    if (sessions.truncated() > truncated) {
      truncated = sessions.truncated();
      lateFaultsUntilNs = nowNs + LATE_FAULTS_NS;
      LOG.warn("a session file was truncated: {}", fault.getMessage());
    }
    return truncated > 0 && nowNs - lateFaultsUntilNs < 0 && isWhole;
  }

  /** Such an error may have come while another session was served: its command is not lost. */
  void resumeInterrupted() {
    ServerSession session = adapter.takeInterrupted();
    if (session != null && session == sessions.get(session.index)) {
      execute(session);
      noteReplied(session);
      control.dirty().mark(session.index);
    }
  }

  private void dropTruncated() {
    for (int index = 0; index < ControlDescriptor.SESSIONS; index++) {
      ServerSession session = sessions.get(index);
      if (session != null && session.isTruncated()) {
        drop(session, SessionEntryDescriptor.BAD_FILE);
      }
      // The error may have come between taking the dirty bits and serving their sessions.
      control.dirty().mark(index);
    }
  }

  /** One duty cycle; returns how much there was to do. */
  int doWork() {
    int work = serveDirty();
    if (deferredCount > 0 || pendingCount > 0) {
      work += serveWaiting();
    }
    if (turns.isAnyoneWaiting() && !turns.isHeld()) {
      work += grantTurn();
    }
    if (work > 0) {
      wake();
      checkpointer.onWork();
      commits.maintain();
    }
    return work;
  }

  /** What can be done when there is nothing else to do; returns whether there was anything. */
  boolean useIdleTime() {
    return checkpointer.onIdle();
  }

  /** What has to be done now and then: to be called when idle, and at least every second. */
  void housekeeping(long nowNs) {
    if (nowNs - nextLivenessNs < 0) {
      return;
    }
    nextLivenessNs = nowNs + (turns.isHeld() ? TURN_LIVENESS_INTERVAL_NS : LIVENESS_INTERVAL_NS);
    if (turns.hasOverrun(nowNs)) {
      turns.end();
    }
    sessions.freeDead(this::release);
  }

  /** How long the server may sleep, in nanoseconds. */
  long idleLimitNs() {
    return turns.isHeld() || pendingCount > 0 || checkpointer.isActive()
        ? TURN_LIVENESS_INTERVAL_NS
        : 2 * LIVENESS_INTERVAL_NS;
  }

  private int serveDirty() {
    int work = 0;
    for (int word = 0; word < DirtyBits.WORDS; word++) {
      for (long bits = control.dirty().take(word); bits != 0; bits &= bits - 1) {
        work += serve(word * Long.SIZE + Long.numberOfTrailingZeros(bits));
      }
    }
    return work;
  }

  /**
   * Whether {@link #doWork} would find something: a command, or what a turn that ended has left
   * waiting.
   */
  boolean hasWork() {
    boolean turnIsWanted = !turns.isHeld() && (deferredCount > 0 || turns.isAnyoneWaiting());
    return turnIsWanted || control.dirty().isAny();
  }

  private int serve(int index) {
    ServerSession before = sessions.get(index);
    ServerSession session = sessions.refresh(index);
    if (before != null && before != session) {
      release(before);
    }
    return session == null ? 1 : 1 + serve(session);
  }

  private int serve(ServerSession session) {
    try {
      return serveRing(session);
    } catch (ProtocolException e) {
      drop(session, SessionEntryDescriptor.BAD_RING);
    }
    return 1;
  }

  private int serveRing(ServerSession session) {
    int work = 0;
    if (session.hasPending() && session.sendPending()) {
      work++;
    }
    if (session.isDeferred) {
      if (!execute(session)) {
        noteReplied(session);
        return work;
      }
      work++;
    }
    for (int n = 0; n < COMMANDS_PER_SESSION && session.nextCommand(); n++) {
      work++;
      if (!execute(session)) {
        break;
      }
    }
    noteReplied(session);
    if (session.hasTooMuchPending()) {
      drop(session, SessionEntryDescriptor.TOO_MUCH_PENDING);
    } else if (!session.isDeferred && session.requests().isReady()) {
      control.dirty().mark(session.index);
    }
    return work;
  }

  private boolean execute(ServerSession session) {
    boolean executed = adapter.execute(session);
    if (session.isDeferred == executed) {
      session.isDeferred = !executed;
      deferredCount += executed ? -1 : 1;
    }
    if (session.groundwork != null && session.groundwork.isNeeded()) {
      // It waits for nobody: others' commands are to come in between.
      control.dirty().mark(session.index);
    }
    return executed;
  }

  private void noteReplied(ServerSession session) {
    if (session.hasPending() != session.isCountedPending) {
      session.isCountedPending = session.hasPending();
      pendingCount += session.isCountedPending ? 1 : -1;
    }
    if (session.isRepliedTo()) {
      if (repliedCount == replied.length) {
        wake();
      }
      replied[repliedCount++] = session.index;
    }
  }

  /** Serves the sessions that wait for a turn to end, or for room in their reply ring. */
  private int serveWaiting() {
    int work = 0;
    for (int index = 0; index < ControlDescriptor.SESSIONS; index++) {
      ServerSession session = sessions.get(index);
      if (session != null
          && (session.hasPending() || session.isDeferred && !turns.blocks(session))) {
        work += serve(session);
      }
    }
    return work;
  }

  private int grantTurn() {
    long sequence = turns.grantNext(System.nanoTime());
    if (sequence < 0) {
      return 0;
    }
    ServerSession holder = turns.holder();
    Replies.ok(reply).writeLong(commits.revision());
    holder.reply(reply, sequence);
    noteReplied(holder);
    nextLivenessNs = System.nanoTime() + TURN_LIVENESS_INTERVAL_NS;
    return 1;
  }

  private void drop(ServerSession session, int reason) {
    release(session);
    sessions.drop(session.index, reason);
  }

  private void release(ServerSession session) {
    turns.remove(session);
    deferredCount -= session.isDeferred ? 1 : 0;
    pendingCount -= session.isCountedPending ? 1 : 0;
  }

  /** To be called last: a checkpoint that is half made is given up. */
  void close() {
    checkpointer.abort();
  }

  /**
   * Wakes the clients that were replied to and the watchers of what was committed, if they sleep.
   */
  void wake() {
    for (int i = 0; i < repliedCount; i++) {
      ServerSession session = sessions.get(replied[i]);
      if (session != null) {
        session.wakeIfParked();
      }
    }
    repliedCount = 0;
    if (commits.revision() != wokenFor) {
      wokenFor = commits.revision();
      control.parkedWatchers().wake(commits.takeInterest());
    }
  }
}
