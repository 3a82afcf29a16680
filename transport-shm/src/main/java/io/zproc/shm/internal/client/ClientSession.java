package io.zproc.shm.internal.client;

import static io.zproc.shm.internal.layout.SessionEntryDescriptor.ATTACHING;
import static io.zproc.shm.internal.layout.SessionEntryDescriptor.CLOSING;
import static io.zproc.shm.internal.layout.SessionEntryDescriptor.DROPPED;
import static io.zproc.shm.internal.layout.SessionEntryDescriptor.EPOCH_OFFSET;
import static io.zproc.shm.internal.layout.SessionEntryDescriptor.NUMBER_OFFSET;
import static io.zproc.shm.internal.layout.SessionEntryDescriptor.PID_OFFSET;
import static io.zproc.shm.internal.layout.SessionEntryDescriptor.REASON_OFFSET;
import static io.zproc.shm.internal.layout.SessionEntryDescriptor.STATE_OFFSET;

import io.zproc.shm.internal.layout.Control;
import io.zproc.shm.internal.layout.Directory;
import io.zproc.shm.internal.layout.SessionDescriptor;
import io.zproc.shm.internal.layout.SessionEntryDescriptor;
import io.zproc.shm.internal.os.MappedFile;
import io.zproc.shm.internal.os.Memory;
import io.zproc.shm.internal.os.ParkedFlag;
import io.zproc.shm.internal.ring.RingReader;
import io.zproc.shm.internal.ring.RingWriter;
import java.util.function.BooleanSupplier;

/** The client's end of a session; used by the thread that has borrowed its exchange. */
final class ClientSession {
  /** How long to sleep before looking whether another server has come. */
  private static final long SLICE_NS = 20_000_000;

  private final ShmConnection connection;
  private final Control control;
  private final int index;
  private final long entry;
  private final MappedFile file;
  private final ParkedFlag parked;
  private final BooleanSupplier isReplied = this::isReplied;
  private final BooleanSupplier isReadFurther = this::isReadFurther;
  private final RingWriter requests;
  private final RingReader replies;
  private long epoch;
  private long askedForMoreAt;
  private boolean closed;

  private ClientSession(ShmConnection connection, int index, long number, MappedFile file) {
    this.connection = connection;
    this.control = connection.control();
    this.index = index;
    this.entry = control.sessionAddress(index);
    this.file = file;
    long address = file.address();
    parked = new ParkedFlag(address + SessionDescriptor.CLIENT_PARKED_OFFSET);
    requests =
        new RingWriter(
            address + SessionDescriptor.REQUEST_RING_OFFSET, SessionDescriptor.RING_CAPACITY);
    replies =
        new RingReader(
            address + SessionDescriptor.REPLY_RING_OFFSET, SessionDescriptor.RING_CAPACITY);
    Memory.putLong(address + SessionDescriptor.NUMBER_OFFSET, number);
    Memory.putLongRelease(address + SessionDescriptor.MAGIC_OFFSET, SessionDescriptor.MAGIC);
    Memory.putLong(entry + NUMBER_OFFSET, number);
    Memory.putLong(entry + PID_OFFSET, ProcessHandle.current().pid());
  }

  /** Makes the file of a session whose place was claimed. */
  static ClientSession open(ShmConnection connection, int index) {
    try {
      MappedFile file =
          MappedFile.create(connection.directory().session(index), SessionDescriptor.LENGTH);
      return new ClientSession(connection, index, connection.control().nextSessionNumber(), file);
    } catch (RuntimeException e) {
      connection.locks().unlock(Directory.sessionLock(index));
      throw e;
    }
  }

  /** Asks the current server to serve the session, with empty rings. */
  void attach() {
    epoch = control.epoch();
    requests.reset();
    replies.reset();
    new RingWriter(
            file.address() + SessionDescriptor.REPLY_RING_OFFSET, SessionDescriptor.RING_CAPACITY)
        .reset();
    Memory.putLong(entry + EPOCH_OFFSET, epoch);
    Memory.putIntVolatile(entry + STATE_OFFSET, ATTACHING);
  }

  /** Whether another server than the one attached to has taken the directory. */
  boolean isStale() {
    return control.epoch() != epoch;
  }

  boolean isDropped() {
    return Memory.getIntVolatile(entry + STATE_OFFSET) == DROPPED;
  }

  /** Whether its file has become shorter: then what was read of its rings is anything. */
  boolean isTruncated() {
    return file.isTruncated();
  }

  String dropReason() {
    return SessionEntryDescriptor.reasonText(Memory.getInt(entry + REASON_OFFSET));
  }

  boolean write(byte[] source, int offset, int length, long sequence) {
    return requests.write(source, offset, length, sequence);
  }

  /** Takes the next reply; makes the server go on with one that is longer than the ring. */
  boolean nextReply() {
    if (replies.read()) {
      return true;
    }
    if (replies.isPartial() && replies.head() != askedForMoreAt) {
      askedForMoreAt = replies.head();
      ring();
    }
    return false;
  }

  RingReader replies() {
    return replies;
  }

  /** Tells the server that there is something, waking it if it sleeps. */
  void ring() {
    control.dirty().mark(index);
    control.serverParked().wakeOnce();
  }

  /** Wakes the server even if it seems to be awake. */
  void ringAnyway() {
    control.serverParked().wakeAnyway();
  }

  /** Sleeps until a reply is there, or for a short while. */
  void await(long deadlineNs) {
    sleep(deadlineNs, isReplied);
  }

  /** Sleeps until the server has taken something of a command for which there was no room. */
  void awaitRoom(long deadlineNs) {
    sleep(deadlineNs, isReadFurther);
  }

  private void sleep(long deadlineNs, BooleanSupplier isSomethingToDo) {
    if (parked.raise(isSomethingToDo)) {
      long slice = System.nanoTime() + SLICE_NS;
      parked.sleep(deadlineNs - slice < 0 ? deadlineNs : slice);
    }
    parked.lower();
  }

  private boolean isReplied() {
    return replies.isReady() || isStale() || isDropped();
  }

  private boolean isReadFurther() {
    return requests.isReadFurther() || isStale() || isDropped();
  }

  /**
   * By whoever borrowed it or by whoever closes the connection, or both at the same time: the
   * second must not touch the place in the table, which may be another client's by then.
   */
  synchronized void close() {
    if (!closed) {
      closed = true;
      Memory.putIntVolatile(entry + STATE_OFFSET, CLOSING);
      connection.locks().unlock(Directory.sessionLock(index));
      ring();
    }
  }
}
