package io.zproc.shm.internal.server;

import io.zproc.codec.ByteWriter;
import io.zproc.shm.internal.journal.JournalWriter;
import java.util.ArrayList;
import java.util.List;

/*
 * Copying a long value takes milliseconds, for which nobody else should have to wait. So a command
 * that needs the value before is tried, finds that out, changes nothing, and is postponed; the value
 * is copied to the place where the reply will have it, in slices, with the commands of others in
 * between; and then the command is tried again. Had somebody changed the value meanwhile, it is
 * copied at once: a command is postponed only once for each value, so it gets through.
 */

/**
 * What a command that moves long values needs before it is executed. The server's thread only; one
 * for each command that is postponed.
 */
final class Groundwork {
  /** A shorter value is copied at once. */
  static final int LONG_VALUE = 128 << 10;

  /** How much of a long value is copied between the commands of others. */
  static final int SLICE_BYTES = 128 << 10;

  /** How long the helper is given to get memory; without it the command takes longer. */
  private static final long PATIENCE_NS = 200_000_000;

  private final StateStore store;
  private final Entries entries;
  private final ReplyBuffers buffers;
  private final List<Read> reads = new ArrayList<>(1);
  private final List<Integer> preserved = new ArrayList<>(1);
  private ByteWriter reply;
  private JournalWriter journal;
  private int awaited;
  private long patienceEndsNs;
  private boolean needed;

  /** A value that belongs to a place of the reply. */
  private final class Read {
    final int entry;
    final long version;
    final int length;
    final int offset;
    int done;

    Read(int entry, int offset) {
      this.entry = entry;
      this.version = entries.version(entry);
      this.length = entries.length(entry);
      this.offset = offset;
    }

    boolean isCurrent() {
      return entries.version(entry) == version && entries.length(entry) == length;
    }

    int end() {
      return offset + length;
    }
  }

  Groundwork(StateStore store, ReplyBuffers buffers) {
    this.store = store;
    this.entries = store.entries();
    this.buffers = buffers;
  }

  /** Whether something is left to be done before the command can be executed. */
  boolean isNeeded() {
    return needed;
  }

  /** The writer for the reply that has values already, or null. */
  ByteWriter reply() {
    return reply;
  }

  /**
   * Appends the value of an entry that is present to the reply. If it is long and was not copied
   * ahead, it is not appended, but will be copied.
   */
  void read(int entry, ByteWriter out) {
    if (entries.length(entry) < LONG_VALUE) {
      store.read(entry, out);
      return;
    }
    Read read = find(entry);
    if (read == null) {
      reads.add(new Read(entry, out.position()));
      needed = true;
    } else if (out == reply && read.offset == out.position() && read.isCurrent()) {
      out.position(read.end());
    } else {
      store.read(entry, out);
    }
  }

  private Read find(int entry) {
    for (Read read : reads) {
      if (read.entry == entry) {
        return read;
      }
    }
    return null;
  }

  /**
   * To be called for a value that is going to change: perhaps a checkpoint has to have it first.
   */
  void preserve(int entry) {
    if (entries.length(entry) >= LONG_VALUE
        && store.isToPreserve(entry)
        && !preserved.contains(entry)) {
      preserved.add(entry);
      needed = true;
    }
  }

  /** To be called for an event that is going to be appended. */
  void awaitMemory(JournalWriter target, int length) {
    if (length >= LONG_VALUE && awaited == 0 && !target.isReady(length)) {
      journal = target;
      awaited = length;
      patienceEndsNs = System.nanoTime() + PATIENCE_NS;
      needed = true;
    }
  }

  private boolean isMemoryMissing() {
    return journal != null && !journal.isReady(awaited) && System.nanoTime() - patienceEndsNs < 0;
  }

  /** Does a slice of it; returns whether it is done. */
  boolean advance() {
    if (!needed) {
      return true;
    }
    needed = preserveSlice() || readSlice() || isMemoryMissing();
    return !needed;
  }

  private boolean preserveSlice() {
    for (int entry : preserved) {
      if (store.isToPreserve(entry)) {
        store.preserve(entry, SLICE_BYTES);
        return true;
      }
    }
    return false;
  }

  private boolean readSlice() {
    for (Read read : reads) {
      if (read.done < read.length && read.isCurrent()) {
        copySlice(read);
        return true;
      }
    }
    return false;
  }

  private void copySlice(Read read) {
    ensureReply(read.end());
    int length = Math.min(SLICE_BYTES, read.length - read.done);
    store.read(read.entry, read.done, reply.array(), read.offset + read.done, length);
    read.done += length;
  }

  private void ensureReply(int capacity) {
    if (reply == null) {
      reply = buffers.take(capacity);
    }
    reply.clear().ensure(capacity);
  }
}
