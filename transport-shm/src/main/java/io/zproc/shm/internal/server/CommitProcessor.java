package io.zproc.shm.internal.server;

import io.zproc.CapacityException;
import io.zproc.ProtocolException;
import io.zproc.ValueTooLongException;
import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.codec.PlainNumbers;
import io.zproc.internal.protocol.BatchEncoder;
import io.zproc.internal.protocol.ConditionKind;
import io.zproc.internal.protocol.Event;
import io.zproc.internal.protocol.Interest;
import io.zproc.internal.protocol.Limits;
import io.zproc.internal.protocol.Replies;
import io.zproc.internal.protocol.WriteKind;
import io.zproc.shm.internal.journal.EventBytes;
import io.zproc.shm.internal.journal.JournalWriter;
import io.zproc.shm.internal.layout.Control;

/**
 * Commits. Each goes the same way, and whatever can fail comes before the journal:
 *
 * <ol>
 *   <li>check the conditions;
 *   <li>prepare: find or make slots for all writes, encode the event;
 *   <li>append the event to the journal;
 *   <li>apply it to the slots;
 *   <li>publish the revision.
 * </ol>
 *
 * The server's thread only.
 */
final class CommitProcessor {
  /** A value of so many bytes goes to the journal from the command that it came in. */
  private static final int REFERRED = 4 << 10;

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
  private final ByteWriter value = new ByteWriter();
  private final Staged staged = new Staged();
  private Runnable onFull = () -> {};
  private long revision;
  private int interest;
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
    int taken = interest;
    interest = 0;
    return taken;
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
    int conflict = checkConditions(request);
    if (conflict >= 0) {
      Replies.conflict(reply, conflict);
      return Outcome.CONFLICT;
    }
    boolean returnResults = (flags & BatchEncoder.RETURN_RESULTS) != 0;
    int writes = request.position();
    while (true) {
      Replies.ok(reply).writeLong(0);
      begin(session, sequence, origin);
      try {
        prepare(request.position(writes), returnResults ? reply : null, groundwork);
        break;
      } catch (CapacityException e) {
        if (!store.reclaim()) {
          throw e;
        }
      }
    }
    groundwork.awaitMemory(journal, event.length());
    if (groundwork.isNeeded()) {
      return Outcome.POSTPONED;
    }
    if (staged.count > 0) {
      write(staged.count);
      applyStaged();
      newestSession = session;
      newestSequence = sequence;
      publish();
    }
    reply.setLong(1, revision);
    return Outcome.APPLIED;
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
    journal.append(event);
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

  private int checkConditions(ByteReader request) {
    int count = request.readInt();
    int failed = -1;
    for (int i = 0; i < count; i++) {
      if (!holds(request) && failed < 0) {
        failed = i;
      }
    }
    return failed;
  }

  private boolean holds(ByteReader request) {
    byte kind = request.readByte();
    Namespace namespace = namespace(request.readInt());
    if (kind == ConditionKind.NAMESPACE_VERSION) {
      return namespace.version <= request.readLong();
    }
    int length = keyLength(request);
    Entry entry = store.find(namespace.id, request.array(), request.position(), length);
    request.skip(length);
    boolean present = entry != null && entry.isPresent();
    switch (kind) {
      case ConditionKind.ABSENT:
        return !present;
      case ConditionKind.PRESENT:
        return present;
      case ConditionKind.VERSION:
        long version = request.readLong();
        return present && entry.version == version;
      case ConditionKind.VALUE:
        int valueLength = request.readLength();
        int offset = request.position();
        request.skip(valueLength);
        return present && store.hasValue(entry, request.array(), offset, valueLength);
      default:
        throw new ProtocolException("condition of kind " + kind);
    }
  }

  private void prepare(ByteReader request, ByteWriter results, Groundwork groundwork) {
    int count = request.readInt();
    staged.clear();
    for (int i = 0; i < count && !groundwork.isNeeded(); i++) {
      byte kind = request.readByte();
      Namespace namespace = namespace(request.readInt());
      if (kind == WriteKind.CLEAR) {
        prepareClear(namespace, results);
      } else {
        prepareKey(kind, namespace, request, results, groundwork);
      }
    }
  }

  private void prepareClear(Namespace namespace, ByteWriter results) {
    if (namespace.count > 0) {
      Event.clear(event.writer(), namespace.id, namespace.count);
      staged.add(WriteKind.CLEAR, namespace, null);
      interest |= Interest.ofClear(namespace.id);
    }
    if (results != null) {
      results.writeLong(0).writeInt(-1);
    }
  }

  private void prepareKey(
      byte kind,
      Namespace namespace,
      ByteReader request,
      ByteWriter results,
      Groundwork groundwork) {
    int keyLength = keyLength(request);
    byte[] array = request.array();
    int key = request.position();
    request.skip(keyLength);
    if (kind == WriteKind.REMOVE) {
      Entry entry = store.find(namespace.id, array, key, keyLength);
      prepareRemove(namespace, entry, results, groundwork);
      return;
    }
    int length = request.readLength();
    int offset = request.position();
    request.skip(length);
    if (kind == WriteKind.ADD) {
      sum(store.find(namespace.id, array, key, keyLength), array, offset, length);
      array = value.array();
      offset = 0;
      length = value.position();
    } else if (kind != WriteKind.PUT) {
      throw new ProtocolException("write of kind " + kind);
    }
    Entry entry = store.ensure(namespace.id, request.array(), key, keyLength, length);
    if (results != null && kind == WriteKind.PUT) {
      writePrevious(entry, results, groundwork);
    } else if (results != null) {
      results.writeLong(revision + 1).writeBlob(array, offset, length);
    }
    groundwork.preserve(entry);
    stagePut(namespace, entry, array, offset, length, /* stays= */ kind == WriteKind.PUT);
  }

  /**
   * @param stays whether the value stays in the array until it is applied
   */
  private void stagePut(
      Namespace namespace, Entry entry, byte[] array, int offset, int length, boolean stays) {
    touch(entry);
    long previous = entry.isPresent() && !staged.isCleared(namespace) ? entry.version : 0;
    ByteWriter out = event.writer();
    Event.beginPut(out, namespace.id, previous, entry.key, length);
    if (stays && length >= REFERRED) {
      event.refer(array, offset, length);
      staged.addPut(namespace, entry, array, offset, length);
    } else {
      out.writeBytes(array, offset, length);
      staged.addPut(namespace, entry, null, out.position() - length, length);
    }
    interest |= Interest.ofChange(namespace.id, entry.hash);
  }

  private void prepareRemove(
      Namespace namespace, Entry entry, ByteWriter results, Groundwork groundwork) {
    boolean present = entry != null && entry.isPresent();
    if (results != null) {
      writePrevious(entry, results, groundwork);
    }
    if (present && !staged.isCleared(namespace)) {
      groundwork.preserve(entry);
      touch(entry);
      Event.remove(event.writer(), namespace.id, entry.version, entry.key);
      staged.add(WriteKind.REMOVE, namespace, entry);
      interest |= Interest.ofChange(namespace.id, entry.hash);
    }
  }

  private void touch(Entry entry) {
    if (entry.touchedBy == clock.ticks()) {
      throw new ProtocolException("a commit writes the same key twice");
    }
    entry.touchedBy = clock.ticks();
  }

  private void sum(Entry entry, byte[] delta, int offset, int length) {
    int old = -1;
    value.clear();
    if (entry != null && entry.isPresent()) {
      store.read(entry, value);
      old = value.position();
    }
    byte[] before = old < 0 ? value.array() : value.toByteArray();
    value.clear();
    PlainNumbers.add(before, 0, old, delta, offset, length, value);
  }

  private void writePrevious(Entry entry, ByteWriter results, Groundwork groundwork) {
    if (entry == null || !entry.isPresent()) {
      results.writeLong(0).writeInt(-1);
      return;
    }
    results.writeLong(entry.version).writeInt(entry.length);
    groundwork.read(entry, results);
  }

  private void applyStaged() {
    for (int i = 0; i < staged.count; i++) {
      switch (staged.kinds[i]) {
        case WriteKind.CLEAR:
          store.clear(staged.namespaces[i], revision);
          break;
        case WriteKind.REMOVE:
          store.remove(staged.entries[i], revision);
          break;
        default:
          applyPut(i);
      }
    }
  }

  private void applyPut(int i) {
    byte[] array = staged.arrays[i] == null ? event.writer().array() : staged.arrays[i];
    store.put(staged.entries[i], revision, array, staged.offsets[i], staged.lengths[i]);
  }

  private Namespace namespace(int id) {
    Namespace namespace = store.namespace(id);
    if (namespace == null || id == StateStore.DIRECTORY_NAMESPACE) {
      throw new ProtocolException("no namespace has the number " + id);
    }
    return namespace;
  }

  private static int keyLength(ByteReader request) {
    int length = request.readLength();
    if (length > Limits.MAX_KEY) {
      throw new ValueTooLongException(
          "a key of " + length + " bytes; the limit is " + Limits.MAX_KEY);
    }
    return length;
  }
}
