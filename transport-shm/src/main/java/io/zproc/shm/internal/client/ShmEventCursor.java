package io.zproc.shm.internal.client;

import io.zproc.ClosedException;
import io.zproc.SessionLostException;
import io.zproc.internal.protocol.Event;
import io.zproc.internal.protocol.Replaced;
import io.zproc.shm.internal.journal.JournalReader;
import io.zproc.shm.internal.layout.Control;
import io.zproc.shm.internal.os.ParkedWatchers;
import io.zproc.shm.internal.os.Waiter;
import io.zproc.spi.EventCursor;
import java.util.concurrent.locks.LockSupport;

/** A position in the journal of a directory, up to the published revision. */
final class ShmEventCursor implements EventCursor {
  /**
   * Of the client's timeout: how long to sleep before looking whether the directory is still there.
   * Nobody can wake who sleeps on a file that was deleted.
   */
  private static final int TIMEOUTS_PER_LOOK = 4;

  private final ShmConnection connection;
  private final Control control;
  private final ParkedWatchers parked;
  private final JournalReader reader;
  private final Waiter waiter;
  private long position;
  private long published;
  private volatile boolean wakeUp;
  private volatile boolean asleep;

  ShmEventCursor(ShmConnection connection, JournalReader reader, long after) {
    this.connection = connection;
    this.control = connection.control();
    this.parked = control.parkedWatchers();
    this.reader = reader;
    this.waiter = Waiter.of(connection.options().waitStrategy());
    this.position = after;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public boolean next(Event into) {
    if (!isPublished()) {
      return false;
    }
    reader.jump(position);
    return reader.next(into) && taken();
  }

  @Override
  public boolean nextKept(Event into) {
    if (!isPublished()) {
      return false;
    }
    reader.jump(position);
    return reader.nextKept(into) && taken();
  }

  private boolean isPublished() {
    if (position >= published) {
      published = connection.revision();
    }
    checkSame();
    return position < published;
  }

  private void checkSame() {
    try {
      connection.checkSame();
    } catch (SessionLostException e) {
      throw Replaced.history(connection.replacement(), position);
    }
    connection.requireOpen();
  }

  private boolean taken() {
    position = reader.position();
    waiter.reset();
    return true;
  }

  @Override
  public boolean isReady() {
    return control.published() > position;
  }

  @Override
  public void seek(long after) {
    position = after;
  }

  @Override
  public boolean await(int interest, long deadlineNs) {
    while (true) {
      checkSame();
      int word = parked.word();
      if (control.published() > position) {
        return true;
      }
      if (wakeUp) {
        wakeUp = false;
        return true;
      }
      if (System.nanoTime() - deadlineNs >= 0) {
        return timedOut();
      }
      if (waiter.spin()) {
        sleep(word, interest, deadlineNs);
        return true;
      }
    }
  }

  private void sleep(int word, int interest, long deadlineNs) {
    asleep = true;
    parked.raise(interest);
    if (!wakeUp && control.published() <= position) {
      long look = System.nanoTime() + TIMEOUTS_PER_LOOK * connection.timeoutNs();
      parked.sleep(word, interest, deadlineNs - look < 0 ? deadlineNs : look);
      if (System.nanoTime() - look >= 0 && !connection.server().isAlive()) {
        connection.server().checkDirectory();
      }
    }
    asleep = false;
    waiter.slept();
  }

  private boolean timedOut() {
    connection.requireOpen();
    if (!connection.server().isAlive()) {
      throw connection.server().down("commit anything");
    }
    return false;
  }

  @Override
  public void wakeUp() {
    wakeUp = true;
    // The sleeper may be between its last look and its sleep, so once may not be enough.
    while (asleep && wakeUp) {
      parked.wakeAll();
      LockSupport.parkNanos(100_000);
    }
  }

  @Override
  public void close() {
    if (!connection.isClosed()) {
      try {
        reader.close();
      } catch (ClosedException alreadyClosed) {
        return;
      }
    }
  }
}
