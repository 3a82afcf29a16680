package io.zproc.shm.internal.client;

import io.zproc.ClosedException;
import io.zproc.ServerDownException;
import io.zproc.ZProcException;
import io.zproc.internal.protocol.Replaced;
import io.zproc.shm.internal.journal.JournalSegments;
import io.zproc.shm.internal.layout.Control;
import io.zproc.shm.internal.layout.ControlDescriptor;
import io.zproc.shm.internal.layout.Directory;
import io.zproc.shm.internal.os.LockFile;
import io.zproc.shm.internal.slots.SlotKey;
import io.zproc.spi.Address;
import io.zproc.spi.Cell;
import io.zproc.spi.ConnectOptions;
import io.zproc.spi.Connection;
import io.zproc.spi.EventCursor;
import io.zproc.spi.Exchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client's connection to the server of a directory. Thread-safe; it has no thread of its own. */
public final class ShmConnection implements Connection {
  private static final Logger LOG = LoggerFactory.getLogger(ShmConnection.class);
  private static final long POLL_NS = 200_000;

  private final Address address;
  private final Directory directory;
  private final ConnectOptions options;
  private final LockFile locks;
  private final Control control;
  private final SessionPool sessions;
  private final JournalSegments journal;
  private final FirstReads firstReads = new FirstReads(this);

  /** Written by any reader: a revision that was published. Spares reading the server's line. */
  private volatile long knownPublished;

  private volatile ClientSlots slots;

  /** Of the directory's control file, as the file system knows it; null where it does not. */
  private final Object fileKey;

  /** Of the state; 0 as long as no server has made one. Any thread that finds one writes it. */
  private volatile long identity;

  /** Written by the first thread that finds another state. */
  private volatile String replacement;

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
    this.sessions = new SessionPool(this);
    this.journal = new JournalSegments(directory.journal(), control::journalFirst);
    this.fileKey = fileKey();
    this.identity = control.identity();
  }

  /** Connects to the server of a directory, which must be running. */
  public static ShmConnection open(Address address, ConnectOptions options) {
    Directory directory = Directory.of(address);
    Control control = Control.open(directory.control());
    LockFile locks = LockFile.open(directory.locks());
    ShmConnection connection = new ShmConnection(address, directory, options, locks, control);
    if (!connection.isServerAlive()) {
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
    long published = control.published();
    if (published > knownPublished) {
      knownPublished = published;
    }
    return published;
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
    if (identity == 0) {
      onIdentity(control.identity());
    }
    return identity;
  }

  @Override
  public String replacement() {
    return replacement;
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
    long found = control.identity();
    if (found != identity) {
      onIdentity(found);
    }
    requireSame();
  }

  private synchronized void onIdentity(long found) {
    if (identity == 0) {
      identity = found;
    } else if (found != identity) {
      replaced("its identity is " + found + ", that of the one before was " + identity);
    }
  }

  private void replaced(String how) {
    replacement = "another state has taken " + address + ": " + how;
    LOG.warn("{}", replacement);
  }

  private void requireSame() {
    if (replacement != null) {
      throw Replaced.session(replacement, false);
    }
  }

  /** Without a server, the directory may be a new one, of which what is mapped knows nothing. */
  synchronized boolean isDirectoryReplaced() {
    Object now = fileKey();
    if (replacement == null && fileKey != null && now != null && !now.equals(fileKey)) {
      replaced("its directory was deleted and made anew");
    }
    return replacement != null;
  }

  private Object fileKey() {
    try {
      return Files.readAttributes(directory.control(), BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
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

  /** Returns when that revision is published. */
  void awaitPublished(long revision) {
    if (revision > knownPublished) {
      awaitPublishedSlowly(revision);
    }
  }

  private void awaitPublishedSlowly(long revision) {
    long deadline = System.nanoTime() + timeoutNs();
    while (revision() < revision) {
      Thread.onSpinWait();
      if (System.nanoTime() - deadline > 0) {
        throw serverDown("publish revision " + revision);
      }
    }
  }

  /**
   * Waits a moment for the server to finish a write, or for another one to take its place.
   *
   * @throws ServerDownException behind the deadline
   */
  void awaitProgress(long deadlineNs) {
    requireOpen();
    if (System.nanoTime() - deadlineNs > 0) {
      throw serverDown("finish a write");
    }
    LockSupport.parkNanos(POLL_NS);
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
    awaitReady(System.nanoTime() + timeoutNs());
    checkSame();
    long generation = control.generation();
    if (slots == null || slots.generation != generation) {
      slots = new ClientSlots(directory, control, generation);
    }
    return slots;
  }

  /**
   * Returns when a server is ready.
   *
   * @throws ServerDownException when none is by the deadline
   */
  void awaitReady(long deadlineNs) {
    while (control.serverState() != ControlDescriptor.READY) {
      requireOpen();
      if (System.nanoTime() - deadlineNs > 0) {
        throw serverDown("become ready");
      }
      LockSupport.parkNanos(POLL_NS);
    }
  }

  ServerDownException serverDown(String what) {
    boolean isAnother = isDirectoryReplaced();
    return new ServerDownException(
        "no server was there to "
            + what
            + " within "
            + options.timeout().toMillis()
            + " ms; the last one at "
            + address
            + " had pid "
            + serverPid()
            + (isServerAlive() ? " and its directory is held by a living process" : " and is dead")
            + (isAnother ? "; " + replacement : ""));
  }

  boolean isServerAlive() {
    try {
      return !closed && locks.isHeld(Directory.SERVER_LOCK);
    } catch (ZProcException e) {
      if (closed) {
        return false; // The lock file was closed just now.
      }
      throw e;
    }
  }

  void requireOpen() {
    requireSame();
    if (closed) {
      throw new ClosedException("the connection to " + address + " was closed");
    }
  }

  boolean isClosed() {
    return closed;
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
