package io.zproc.tcp.internal.gateway;

import io.zproc.HistoryLostException;
import io.zproc.ProtocolException;
import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.internal.protocol.ErrorCode;
import io.zproc.internal.protocol.Event;
import io.zproc.tcp.internal.wire.FrameType;
import io.zproc.tcp.internal.wire.Wire;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the fetches of one remote watcher from the journal. It keeps nothing but the numbers of
 * the last fetch, so a watcher that is slow or away costs nothing. The gateway's thread only.
 */
final class RemoteWatcher implements Role {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteWatcher.class);

  private final RemoteWatchers watchers;
  private final Peer peer;
  private final ByteWriter slice = new ByteWriter(1024);
  private long fetch;
  private long after;
  private int offset;
  private int credit;
  private int interest;
  private boolean kept;

  RemoteWatcher(RemoteWatchers watchers, Peer peer) {
    this.watchers = watchers;
    this.peer = peer;
  }

  /** Which commits it is to be told of, if it waits. */
  int interest() {
    return interest;
  }

  @Override
  public void onFrame(byte type, ByteReader content) {
    if (type != FrameType.FETCH) {
      throw new ProtocolException("a frame of type " + type + " from a watcher");
    }
    fetch = content.readLong();
    after = content.readLong();
    offset = content.readInt();
    credit = Math.min(content.readInt(), Wire.MAX_CREDIT);
    interest = content.readInt();
    int flags = content.readByte();
    kept = (flags & Wire.FETCH_KEPT) != 0;
    if (after < 0 || offset < 0 || credit <= 0) {
      throw new ProtocolException("a fetch behind " + after + " with credit " + credit);
    }
    watchers.remove(this);
    if (watchers.isPublishedBehind(after)) {
      answer();
    } else {
      watchers.add(this, after);
      if ((flags & Wire.FETCH_QUIETLY) == 0) {
        send(Wire.EVENTS_WAITING);
      }
    }
  }

  @Override
  public void onGone() {
    watchers.remove(this);
  }

  /** Sends what there is, as far as the credit goes. */
  void answer() {
    try {
      for (Event event = nextEvent(); event != null && credit > 0; event = nextEvent()) {
        add(event);
      }
      send(Wire.EVENTS_END);
    } catch (HistoryLostException e) {
      slice.clear();
      peer.sendLost(ErrorCode.INTERNAL, e.getMessage());
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.error("a watcher could not be answered; it has to connect anew", e);
      slice.clear();
      peer.end();
    }
  }

  private Event nextEvent() {
    if (!watchers.isPublishedBehind(after)) {
      return null;
    }
    return kept ? watchers.journal().readKept(after) : watchers.journal().read(after + 1);
  }

  /** Adds an event, behind its length, from {@code offset} on and as far as the credit goes. */
  private void add(Event event) {
    int length = Integer.BYTES + event.length();
    if (slice.position() > Wire.SLICE - Integer.BYTES) {
      send(0);
    }
    for (; offset < Integer.BYTES && credit > 0; offset++, credit--) {
      slice.writeByte(event.length() >>> 8 * (Integer.BYTES - 1 - offset));
    }
    while (offset < length && credit > 0) {
      int part = Math.min(Math.min(length - offset, credit), Wire.SLICE - slice.position());
      slice.writeBytes(event.array(), offset - Integer.BYTES, part);
      offset += part;
      credit -= part;
      if (slice.position() == Wire.SLICE) {
        send(0);
      }
    }
    if (offset >= length) {
      after = event.revision();
      offset = 0;
    }
  }

  private void send(int flags) {
    peer.begin(FrameType.EVENTS)
        .writeLong(fetch)
        .writeByte(flags)
        .writeBytes(slice.array(), 0, slice.position());
    peer.send();
    slice.clear();
  }
}
