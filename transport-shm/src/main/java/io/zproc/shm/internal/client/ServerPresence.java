package io.zproc.shm.internal.client;

import io.zproc.ServerDownException;
import io.zproc.ZProcException;
import io.zproc.internal.transport.StateIdentity;
import io.zproc.shm.internal.layout.Control;
import io.zproc.shm.internal.layout.ControlDescriptor;
import io.zproc.shm.internal.layout.Directory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.locks.LockSupport;

/**
 * The server of a directory, as a client sees it: whether one is there, and what it has published;
 * and the waiting until it has done something. Thread-safe.
 */
final class ServerPresence {
  private static final long POLL_NS = 200_000;

  private final ShmConnection connection;
  private final Control control;
  private final StateIdentity identity;

  /** Of the directory's control file, as the file system knows it; null where it does not. */
  private final Object fileKey;

  /** Written by any reader: a revision that was published. Spares reading the server's line. */
  private volatile long knownPublished;

  ServerPresence(ShmConnection connection, StateIdentity identity) {
    this.connection = connection;
    this.control = connection.control();
    this.identity = identity;
    this.fileKey = fileKey();
  }

  private Object fileKey() {
    try {
      return Files.readAttributes(control.path(), BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
  }

  boolean isAlive() {
    try {
      return !connection.isClosed() && connection.locks().isHeld(Directory.SERVER_LOCK);
    } catch (ZProcException e) {
      if (connection.isClosed()) {
        return false; // The lock file was closed just now.
      }
      throw e;
    }
  }

  long published() {
    long published = control.published();
    if (published > knownPublished) {
      knownPublished = published;
    }
    return published;
  }

  /** Returns when that revision is published. */
  void awaitPublished(long revision) {
    if (revision > knownPublished) {
      awaitPublishedSlowly(revision);
    }
  }

  private void awaitPublishedSlowly(long revision) {
    long deadline = System.nanoTime() + connection.timeoutNs();
    while (published() < revision) {
      Thread.onSpinWait();
      if (System.nanoTime() - deadline > 0) {
        throw down("publish revision " + revision);
      }
    }
  }

  /**
   * Waits a moment for the server to finish a write, or for another one to take its place.
   *
   * @throws ServerDownException behind the deadline
   */
  void awaitProgress(long deadlineNs) {
    await("finish a write", deadlineNs);
  }

  /**
   * Returns when a server is ready.
   *
   * @throws ServerDownException when none is by the deadline
   */
  void awaitReady(long deadlineNs) {
    while (control.serverState() != ControlDescriptor.READY) {
      await("become ready", deadlineNs);
    }
  }

  private void await(String what, long deadlineNs) {
    connection.requireOpen();
    if (System.nanoTime() - deadlineNs > 0) {
      throw down(what);
    }
    LockSupport.parkNanos(POLL_NS);
  }

  /** Without a server, the directory may be a new one, of which what is mapped knows nothing. */
  void checkDirectory() {
    Object now = fileKey();
    if (fileKey != null && now != null && !now.equals(fileKey)) {
      identity.replaced("its directory was deleted and made anew");
    }
  }

  /** What a wait for the server to do something ends with when there is none. */
  ServerDownException down(String what) {
    checkDirectory();
    String replacement = identity.replacement();
    return new ServerDownException(
        "no server was there to "
            + what
            + " within "
            + connection.options().timeout().toMillis()
            + " ms; the last one at "
            + connection.address()
            + " had pid "
            + control.serverPid()
            + (isAlive() ? " and its directory is held by a living process" : " and is dead")
            + (replacement == null ? "" : "; " + replacement));
  }
}
