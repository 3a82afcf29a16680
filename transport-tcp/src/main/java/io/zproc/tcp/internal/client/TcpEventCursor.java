package io.zproc.tcp.internal.client;

import io.zproc.HistoryLostException;
import io.zproc.codec.ByteReader;
import io.zproc.internal.protocol.Event;
import io.zproc.internal.protocol.Interest;
import io.zproc.spi.EventCursor;
import io.zproc.tcp.internal.wire.FrameType;
import io.zproc.tcp.internal.wire.Wire;

/**
 * A position in the journal of a remote server. Events are pulled: each fetch says from which
 * revision on and how many bytes, and is answered at once with what there is; if there is nothing,
 * it is answered again when there is. So the position is known here alone, and goes on wherever the
 * next connection leads to.
 */
final class TcpEventCursor implements EventCursor {
  private static final int CREDIT = 256 << 10;

  private final TcpConnection connection;
  private final Link link;
  private final EventStream stream = new EventStream();
  private long position;
  private long fetch;
  private int interest = Interest.EVERYTHING;

  /** Whether what is left of trimmed events is wanted. */
  private boolean kept;

  /** A fetch was sent whose answer has not ended. */
  private boolean fetching;

  /** There is nothing yet, as far as is known; the fetch is answered when there is something. */
  private boolean waiting;

  private volatile boolean wakeUp;

  TcpEventCursor(TcpConnection connection, long after) {
    this.connection = connection;
    this.position = after;
    link = new Link(connection, Wire.ROLE_EVENTS);
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public boolean next(Event into) {
    return next(into, System.nanoTime() + connection.timeoutNs());
  }

  @Override
  public boolean next(Event into, long deadlineNs) {
    if (!take(into, false, deadlineNs)) {
      return false;
    }
    if (into.revision() != position + 1) {
      throw new HistoryLostException(
          "the journal continues with revision " + into.revision() + " behind " + position);
    }
    position++;
    return true;
  }

  @Override
  public boolean nextKept(Event into) {
    if (!take(into, true, System.nanoTime() + connection.timeoutNs())) {
      return false;
    }
    position = into.revision();
    return true;
  }

  private boolean take(Event into, boolean wantsKept, long deadlineNs) {
    connection.requireOpen();
    if (kept != wantsKept) {
      forget();
      kept = wantsKept;
    }
    if (!stream.hasEvent() && !fetchNow(deadlineNs)) {
      return false;
    }
    stream.take(into);
    return true;
  }

  /** Asks for events; returns whether one has come. */
  private boolean fetchNow(long deadlineNs) {
    boolean asked = fetching && !waiting;
    while (!stream.hasEvent()) {
      if (asked && waiting) {
        return false;
      }
      boolean isWoken = false;
      if (!asked || !fetching || link.isBroken()) {
        asked = fetch(0, deadlineNs);
        isWoken = !asked && shouldLook();
      } else if (!take(link.await(deadlineNs))) {
        isWoken = shouldLook();
      }
      connection.requireOpen();
      if (isWoken) {
        return false;
      }
      if (isOver(deadlineNs)) {
        return stream.hasEvent() || timedOut();
      }
    }
    return true;
  }

  /** Whether whoever waits here should look what else there is. */
  private boolean shouldLook() {
    return wakeUp || Thread.currentThread().isInterrupted();
  }

  /** Sends a fetch; returns false when it was woken before there was a connection. */
  private boolean fetch(int flags, long deadlineNs) {
    if (link.isBroken() && link.open(0, 0, 0, 0, deadlineNs) == null) {
      return false;
    }
    link.begin(FrameType.FETCH)
        .writeLong(++fetch)
        .writeLong(position)
        .writeInt(stream.partial())
        .writeInt(CREDIT)
        .writeInt(interest)
        .writeByte(flags | (kept ? Wire.FETCH_KEPT : 0));
    link.send();
    fetching = true;
    waiting = (flags & Wire.FETCH_QUIETLY) != 0;
    return true;
  }

  /** Returns whether there was a frame. */
  private boolean take(ByteReader content) {
    if (content == null) {
      fetching &= !link.isBroken();
      return false;
    }
    if (link.type() == FrameType.EVENTS && content.readLong() == fetch) {
      int flags = content.readByte();
      waiting = (flags & Wire.EVENTS_WAITING) != 0;
      fetching = (flags & Wire.EVENTS_END) == 0;
      stream.add(content);
    } else if (link.type() == FrameType.LOST) {
      content.readShort();
      throw new HistoryLostException(content.readText());
    }
    return true;
  }

  @Override
  public boolean isReady() {
    return stream.hasEvent();
  }

  @Override
  public void seek(long after) {
    if (after != position) {
      position = after;
      forget();
    }
  }

  /** What has come is not what is wanted next. */
  private void forget() {
    stream.clear();
    fetching = false;
    waiting = false;
  }

  @Override
  public boolean await(int wanted, long deadlineNs) {
    boolean changed = wanted != interest;
    interest = wanted;
    while (!stream.hasEvent()) {
      connection.requireOpen();
      if (wakeUp) {
        wakeUp = false;
        return true;
      }
      if (isOver(deadlineNs)) {
        return timedOut();
      }
      if (Thread.currentThread().isInterrupted()) {
        return true;
      }
      changed &= !awaitOnce(changed, deadlineNs);
    }
    return true;
  }

  /** Returns whether the gateway knows what is waited for. */
  private boolean awaitOnce(boolean changed, long deadlineNs) {
    if (!fetching || changed || link.isBroken()) {
      return fetch(Wire.FETCH_QUIETLY, deadlineNs);
    }
    take(link.await(deadlineNs));
    return true;
  }

  private boolean timedOut() {
    if (link.isSilent()) {
      throw link.failure();
    }
    return false;
  }

  private static boolean isOver(long deadlineNs) {
    return System.nanoTime() - deadlineNs >= 0;
  }

  @Override
  public void wakeUp() {
    wakeUp = true;
    link.wake();
  }

  @Override
  public void close() {
    link.disconnect();
  }
}
