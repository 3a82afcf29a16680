package io.zproc.shm.internal.server;

import io.zproc.CapacityException;
import io.zproc.ValueTooLongException;
import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.internal.protocol.BatchEncoder;
import io.zproc.internal.protocol.Event;
import io.zproc.internal.protocol.Interest;
import io.zproc.internal.protocol.Limits;
import io.zproc.internal.protocol.Replies;
import io.zproc.shm.internal.journal.EventBytes;
import io.zproc.shm.internal.journal.JournalWriter;
import io.zproc.shm.internal.layout.Control;

/**
 * Commits. Each goes the same way, and whatever can fail comes before the journal:
 *
 * <ol>
 *   <li>check the conditions;
 *   <li>stage: find or make slots for all writes, encode the event;
 *   <li>append the event to the journal;
 *   <li>apply it to the slots;
 *   <li>publish the revision.
 * </ol>
 *
 * The server's thread only.
 */
final class CommitProcessor {
  enum Outcome {
    APPLIED,
    CONFLICT,
    /** Nothing was changed; to be tried again when the groundwork is done. */
    POSTPONED
  }

  private final StateStore store;
  private final JournalWriter journal;
  private final Control control;
  private final ServerClock clock;

  private final EventBytes event = new EventBytes();
  private final ConditionChecker conditions;
  private final WriteStager writes;
  private Runnable onFull = () -> {};
  private long revision;
  private boolean underWay;
  private long newestSession;
  private long newestSequence;

  CommitProcessor(
      StateStore store, JournalWriter journal, Control control, ServerClock clock, long revision) {
    this.store = store;
    this.journal = journal;
    this.control = control;
    this.clock = clock;
    this.revision = revision;
    this.conditions = new ConditionChecker(store);
    this.writes = new WriteStager(store, clock, event);
  }

  /** Has that called when the journal is full, in front of the commit that finds it so. */
  void onFull(Runnable makeRoom) {
    onFull = makeRoom;
  }

  /** The newest revision. */
  long revision() {
    return revision;
  }

  /** Which watchers the commits since the last call concern, see {@link Interest}. */
  int takeInterest() {
    return writes.takeInterest();
  }

  /**
   * Executes a commit whose first bytes, type and flags, were read.
   *
   * @param groundwork what was done for it before, and is told what else is needed
   */
  Outcome commit(
      ByteReader request,
      int flags,
      long session,
      long sequence,
      ByteWriter reply,
      Groundwork groundwork) {
    long origin = request.readLong();
    int conflict = conditions.firstFailed(request);
    if (conflict >= 0) {
      Replies.conflict(reply, conflict);
      return Outcome.CONFLICT;
    }
    boolean returnResults = (flags & BatchEncoder.RETURN_RESULTS) != 0;
    int start = request.position();
    do {
      Replies.ok(reply).writeLong(0);
      begin(session, sequence, origin);
    } while (!stage(request.position(start), returnResults ? reply : null, groundwork));
    groundwork.awaitMemory(journal, event.length());
    if (groundwork.isNeeded()) {
      return Outcome.POSTPONED;
    }
    if (writes.count() > 0) {
      write(writes.count());
      writes.apply();
      newestSession = session;
      newestSequence = sequence;
      publish();
    }
    reply.setLong(1, revision);
    return Outcome.APPLIED;
  }

  /** Returns false if there was no room for a new slot, and is now. */
  private boolean stage(ByteReader request, ByteWriter results, Groundwork groundwork) {
    try {
      writes.stage(request, revision + 1, results, groundwork);
      return true;
    } catch (CapacityException e) {
      if (!store.reclaim()) {
        throw e;
      }
      return false;
    }
  }

  private void begin(long session, long sequence, long origin) {
    event.clear();
    Event.begin(event.writer(), revision + 1, clock.nowNs(), session, sequence, origin);
  }

  /** Gives a name a namespace. */
  int addNamespace(byte[] name) {
    int id = store.nextNamespaceId();
    begin(0, 0, 0);
    Event.namespace(event.writer(), id, name);
    store.prepareNamespace(name);
    write(1);
    store.addNamespace(id, name, revision);
    publish();
    return id;
  }

  /**
   * Writes that a server has started, and so that watchers look whether they are behind; also where
   * the journal has reached its size.
   */
  void start(long pid, long generation, long identity) {
    begin(0, 0, 0);
    Event.start(event.writer(), pid, generation, identity);
    Event.end(event.writer(), 1);
    append();
    publish();
  }

  private void write(int changes) {
    Event.end(event.writer(), changes);
    int length = event.length();
    if (length > Limits.MAX_MESSAGE) {
      throw new ValueTooLongException(
          "a commit of " + length + " bytes; the limit is " + Limits.MAX_MESSAGE);
    }
    if (!journal.hasRoom(length)) {
      onFull.run();
    }
    journal.ensureRoom(length);
    append();
  }

  private void append() {
    underWay = true;
    try {
      journal.append(event);
    } catch (InternalError e) {
      // A late fault of somebody's file. What it suppresses came as the event was taken back.
      underWay = !journal.isRolledBack() || e.getSuppressed().length > 0;
      throw e;
    }
    revision++;
  }

  private void publish() {
    control.publish(revision);
    underWay = false;
  }

  /** To be called behind commits: has slots of removed keys used again. */
  void maintain() {
    store.maintain();
  }

  /** Whether that command made the newest commit of a client. */
  boolean isNewest(long session, long sequence) {
    return newestSequence == sequence && newestSession == session;
  }

  /** Whether a commit was begun and not finished, or a move: then journal and slots may differ. */
  boolean isUnderWay() {
    return underWay || store.isMoving();
  }
}
