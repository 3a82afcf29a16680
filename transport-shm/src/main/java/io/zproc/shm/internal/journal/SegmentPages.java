package io.zproc.shm.internal.journal;

import io.zproc.shm.internal.os.FileSpace;
import io.zproc.shm.internal.os.Helper;
import io.zproc.shm.internal.os.Pages;
import java.nio.file.Path;
import java.util.concurrent.Future;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.BytesStore;

/**
 * The memory of a segment's file ahead of its end. First it is reserved, so that writing can not
 * fail; then, where the queue has mapped it, pages are given to it, so that writing does not stop
 * for them. The helper does both; only when it is late, the server's thread reserves.
 */
final class SegmentPages {
  /** How far ahead of the end memory is reserved, at most. */
  private static final long MAX_RESERVED_AHEAD = 16L << 20;

  /** For shorter events it is not worth waking the helper more often: a page serves several. */
  private static final long LONG_EVENT = 64 << 10;

  private final Helper helper;
  private final long reservedAhead;
  private volatile Path file;

  /** What the queue has mapped; written by who appends. */
  private volatile Window window = new Window(0, 0, 0);

  /** Both written by the helper, or by the server's thread when the helper has nothing to do. */
  private volatile long reservedTo;

  private volatile long populatedTo;
  private Future<?> underWay;

  /** A part of the file, and its address. */
  private record Window(long start, long end, long address) {
    boolean has(long position) {
      return start <= position && position < end;
    }
  }

  /**
   * @param ahead how far ahead of the end to reserve, at most
   */
  SegmentPages(long ahead, Helper helper) {
    this.reservedAhead = Math.min(ahead, MAX_RESERVED_AHEAD);
    this.helper = helper;
  }

  void file(Path path) {
    file = path;
  }

  /** Looks where the queue has mapped what is written now. */
  void noteWindow(Bytes<?> bytes, long position) {
    if (!window.has(position)) {
      BytesStore<?, ?> store = bytes.bytesStore();
      window =
          new Window(
              store.start(),
              store.start() + store.realCapacity(),
              store.addressForRead(store.start()));
    }
  }

  /**
   * Makes sure that everything up to an end is reserved, and has more made ready ahead.
   *
   * @param longest how long the events are that come, in bytes
   * @throws io.zproc.CapacityException when the file system does not allow it
   */
  void ensure(long end, long longest) {
    request(end, longest);
    if (end > reservedTo) {
      reserve(end);
    }
  }

  /** As {@link #ensure}, but only asks for it. */
  void request(long end, long longest) {
    long populated = longest < LONG_EVENT ? 0 : end + 2 * longest;
    boolean isLow =
        end + reservedAhead / 2 > reservedTo
            || populated - longest > populatedTo && populatedTo < Math.min(reservedTo, window.end);
    if (isLow && (underWay == null || underWay.isDone())) {
      underWay = helper.submit(() -> prepare(end + reservedAhead, populated));
    }
  }

  /** Does it now, in this thread. */
  Void prepare(long reserved, long populated) {
    reserve(reserved);
    populate(Math.min(reserved, populated));
    return null;
  }

  private synchronized void reserve(long end) {
    long from = reservedTo;
    if (end > from) {
      FileSpace.reserve(file, from, end - from);
      reservedTo = end;
    }
  }

  private void populate(long end) {
    Window mapped = window;
    long from = Math.max(populatedTo, mapped.start);
    long to = Math.min(end, mapped.end);
    if (to > from) {
      Pages.populate(mapped.address + from - mapped.start, to - from);
      populatedTo = to;
    }
  }

  /** Whether writing up to that place will stop for no page, as far as that can be helped. */
  boolean isReady(long end) {
    return Math.min(end, window.end) <= populatedTo;
  }

  long reservedTo() {
    return reservedTo;
  }
}
