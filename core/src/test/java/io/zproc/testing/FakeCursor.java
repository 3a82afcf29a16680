package io.zproc.testing;

import io.zproc.internal.protocol.Event;
import io.zproc.spi.EventCursor;

/** A position in the list that is the journal of a {@link FakeServer}. */
final class FakeCursor implements EventCursor {
  private final FakeServer server;
  private long position;
  private volatile boolean woken;

  FakeCursor(FakeServer server, long after) {
    this.server = server;
    this.position = after;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public boolean next(Event into) {
    byte[] bytes = server.event(position + 1);
    if (bytes == null) {
      return false;
    }
    System.arraycopy(bytes, 0, into.ensure(bytes.length), 0, bytes.length);
    into.wrap(bytes.length);
    position++;
    return true;
  }

  @Override
  public boolean isReady() {
    return server.event(position + 1) != null;
  }

  @Override
  public void seek(long after) {
    position = after;
  }

  @Override
  public boolean await(int interest, long deadlineNs) {
    return server.awaitEvent(position, interest, deadlineNs, this::takeWakeUp);
  }

  private boolean takeWakeUp() {
    boolean result = woken;
    woken = false;
    return result;
  }

  @Override
  public void wakeUp() {
    woken = true;
    server.wakeAll();
  }

  @Override
  public void close() {}
}
