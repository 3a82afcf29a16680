package io.zproc.shm.internal.client;

import io.zproc.ClosedException;
import io.zproc.ServerDownException;
import io.zproc.internal.transport.StateIdentity;
import io.zproc.shm.internal.journal.JournalSegments;
import io.zproc.shm.internal.layout.Control;
import io.zproc.shm.internal.layout.Directory;
import io.zproc.shm.internal.os.LockFile;
import io.zproc.shm.internal.slots.SlotKey;
import io.zproc.spi.Address;
import io.zproc.spi.Cell;
import io.zproc.spi.ConnectOptions;
import io.zproc.spi.Connection;
import io.zproc.spi.EventCursor;
import io.zproc.spi.Exchange;

/** A client's connection to the server of a directory. Thread-safe; it has no thread of its own. */
public final class ShmConnection implements Connection {
  private final Address address;
  private final Directory directory;
  private final ConnectOptions options;
  private final LockFile locks;
  private final Control control;
  private final StateIdentity state;
  private final ServerPresence server;
  private final SessionPool sessions;
  private final JournalSegments journal;
  private final FirstReads firstReads = new FirstReads(this);

  /** Those of the generation that any reader has found last; written under the lock. */
  private volatile ClientSlots slots;

  private volatile boolean closed;

  private ShmConnection(
      Address address,
      Directory directory,
      ConnectOptions options,
      LockFile locks,
      Control control) {
    this.address = address;
    this.directory = directory;
    this.options = options;
    this.locks = locks;
    this.control = control;
    this.state = new StateIdentity(address);
    this.server = new ServerPresence(this, state);
    this.sessions = new SessionPool(this);
    this.journal = new JournalSegments(directory.journal(), control::journalFirst);
    state.found(control.identity());
  }

  /** Connects to the server of a directory, which must be running. */
  public static ShmConnection open(Address address, ConnectOptions options) {
    Directory directory = Directory.of(address);
    Control control = Control.open(directory.control());
    LockFile locks = LockFile.open(directory.locks());
    ShmConnection connection = new ShmConnection(address, directory, options, locks, control);
    if (!connection.server.isAlive()) {
      locks.close();
      throw new ServerDownException("no server runs at " + address + ": start one there first");
    }
    return connection;
  }

  @Override
  public Address address() {
    return address;
  }

  @Override
  public Exchange borrow() {
    requireOpen();
    return sessions.borrow();
  }

  @Override
  public Cell cell(int namespace, byte[] key) {
    return new ShmCell(this, SlotKey.of(namespace, key));
  }

  @Override
  public long revision() {
    return server.published();
  }

  @Override
  public EventCursor events(long after) {
    requireOpen();
    return new ShmEventCursor(this, journal.reader(), after);
  }

  @Override
  public long timeoutNs() {
    return options.timeout().toNanos();
  }

  @Override
  public long serverPid() {
    return control.serverPid();
  }

  @Override
  public long identity() {
    if (state.value() == 0) {
      state.found(control.identity());
    }
    return state.value();
  }

  @Override
  public String replacement() {
    return state.replacement();
  }

  @Override
  public Connection renew() {
    return open(address, options);
  }

  /**
   * Looks whether the directory still has the state that this connection is of. To be called where
   * a server may have started since.
   */
  void checkSame() {
    state.found(control.identity());
    state.requireSame();
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    sessions.close();
    journal.close();
    locks.close();
  }

  /** The maps of the current generation, waiting for a starting server to have them. */
  ClientSlots slots() {
    ClientSlots current = slots;
    if (current != null && current.generation == control.generation()) {
      return current;
    }
    return openSlots();
  }

  private synchronized ClientSlots openSlots() {
    requireOpen();
    server.awaitReady(System.nanoTime() + timeoutNs());
    checkSame();
    long generation = control.generation();
    if (slots == null || slots.generation != generation) {
      slots = new ClientSlots(directory, control, generation);
    }
    return slots;
  }

  void requireOpen() {
    state.requireSame();
    if (closed) {
      throw new ClosedException("the connection to " + address + " was closed");
    }
  }

  boolean isClosed() {
    return closed;
  }

  ServerPresence server() {
    return server;
  }

  FirstReads firstReads() {
    return firstReads;
  }

  Control control() {
    return control;
  }

  Directory directory() {
    return directory;
  }

  LockFile locks() {
    return locks;
  }

  ConnectOptions options() {
    return options;
  }
}
