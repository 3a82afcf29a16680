package io.zproc.shm.internal.server;

import io.zproc.ProtocolException;
import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.codec.PlainNumbers;
import io.zproc.internal.protocol.Event;
import io.zproc.internal.protocol.Interest;
import io.zproc.internal.protocol.WriteKind;
import io.zproc.shm.internal.journal.EventBytes;

/**
 * Stages the writes of a commit: finds or makes their slots, encodes them into the event, and keeps
 * them to be applied. What can fail fails here, before anything is changed. The server's thread
 * only.
 */
final class WriteStager {
  /** A value of so many bytes goes to the journal from the command that it came in. */
  private static final int REFERRED = 4 << 10;

  private final StateStore store;
  private final Entries entries;
  private final ServerClock clock;
  private final EventBytes event;
  private final Staged staged = new Staged();
  private final ByteWriter sum = new ByteWriter();
  private int interest;

  /** That of the commit whose writes are staged. */
  private long revision;

  /**
   * @param event the one that is appended for each commit
   */
  WriteStager(StateStore store, ServerClock clock, EventBytes event) {
    this.store = store;
    this.entries = store.entries();
    this.clock = clock;
    this.event = event;
  }

  /**
   * Reads and stages all writes.
   *
   * @param revision that of the commit, whose event was begun
   * @param results gets what each write gives back; null if nobody asks
   * @param groundwork is told what has to be done first; then the rest is left out
   */
  void stage(ByteReader request, long revision, ByteWriter results, Groundwork groundwork) {
    this.revision = revision;
    int count = request.readInt();
    staged.clear();
    for (int i = 0; i < count && !groundwork.isNeeded(); i++) {
      byte kind = request.readByte();
      Namespace namespace = CommandFields.readNamespace(request, store);
      if (kind == WriteKind.CLEAR) {
        stageClear(namespace, results);
      } else {
        stageKey(kind, namespace, request, results, groundwork);
      }
    }
  }

  /** How many changes are staged. */
  int count() {
    return staged.count;
  }

  /** Which watchers what was staged since the last call concerns, see {@link Interest}. */
  int takeInterest() {
    int taken = interest;
    interest = 0;
    return taken;
  }

  private void stageClear(Namespace namespace, ByteWriter results) {
    if (namespace.count > 0) {
      Event.clear(event.writer(), namespace.id, namespace.count);
      staged.add(WriteKind.CLEAR, namespace, Entries.NONE);
      interest |= Interest.ofClear(namespace.id);
    }
    if (results != null) {
      results.writeLong(0).writeInt(-1);
    }
  }

  private void stageKey(
      byte kind,
      Namespace namespace,
      ByteReader request,
      ByteWriter results,
      Groundwork groundwork) {
    int keyLength = CommandFields.readKeyLength(request);
    byte[] array = request.array();
    int key = request.position();
    request.skip(keyLength);
    if (kind == WriteKind.REMOVE) {
      int entry = store.find(namespace.id, array, key, keyLength);
      stageRemove(namespace, entry, results, groundwork);
      return;
    }
    int length = request.readLength();
    int offset = request.position();
    request.skip(length);
    if (kind == WriteKind.ADD) {
      sum(store.find(namespace.id, array, key, keyLength), array, offset, length);
      array = sum.array();
      offset = 0;
      length = sum.position();
    } else if (kind != WriteKind.PUT) {
      throw new ProtocolException("write of kind " + kind);
    }
    int entry = store.ensure(namespace.id, request.array(), key, keyLength, length);
    if (results != null && kind == WriteKind.PUT) {
      writePrevious(entry, results, groundwork);
    } else if (results != null) {
      results.writeLong(revision).writeBlob(array, offset, length);
    }
    groundwork.preserve(entry);
    stagePut(namespace, entry, array, offset, length, /* stays= */ kind == WriteKind.PUT);
  }

  /**
   * @param stays whether the value stays in the array until it is applied
   */
  private void stagePut(
      Namespace namespace, int entry, byte[] array, int offset, int length, boolean stays) {
    touch(entry);
    boolean isThere = entries.isPresent(entry) && !staged.isCleared(namespace);
    long previous = isThere ? entries.version(entry) : 0;
    ByteWriter out = event.writer();
    entries.writeKey(entry, Event.beginPut(out, namespace.id, previous));
    out.writeInt(length);
    if (stays && length >= REFERRED) {
      event.refer(array, offset, length);
      staged.addPut(namespace, entry, array, offset, length);
    } else {
      out.writeBytes(array, offset, length);
      staged.addPut(namespace, entry, null, out.position() - length, length);
    }
    interest |= Interest.ofChange(namespace.id, entries.hash(entry));
  }

  private void stageRemove(
      Namespace namespace, int entry, ByteWriter results, Groundwork groundwork) {
    boolean present = entries.isPresent(entry);
    if (results != null) {
      writePrevious(entry, results, groundwork);
    }
    if (present && !staged.isCleared(namespace)) {
      groundwork.preserve(entry);
      touch(entry);
      long previous = entries.version(entry);
      entries.writeKey(entry, Event.beginRemove(event.writer(), namespace.id, previous));
      staged.add(WriteKind.REMOVE, namespace, entry);
      interest |= Interest.ofChange(namespace.id, entries.hash(entry));
    }
  }

  private void touch(int entry) {
    if (entries.touchedBy(entry) == clock.ticks()) {
      throw new ProtocolException("a commit writes the same key twice");
    }
    entries.touchedBy(entry, clock.ticks());
  }

  private void sum(int entry, byte[] delta, int offset, int length) {
    int old = -1;
    sum.clear();
    if (entries.isPresent(entry)) {
      store.read(entry, sum);
      old = sum.position();
    }
    byte[] before = old < 0 ? sum.array() : sum.toByteArray();
    sum.clear();
    PlainNumbers.add(before, 0, old, delta, offset, length, sum);
  }

  private void writePrevious(int entry, ByteWriter results, Groundwork groundwork) {
    if (!entries.isPresent(entry)) {
      results.writeLong(0).writeInt(-1);
      return;
    }
    results.writeLong(entries.version(entry)).writeInt(entries.length(entry));
    groundwork.read(entry, results);
  }

  /** Applies what is staged to the slots, behind the event's way to the journal. */
  void apply() {
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
}
