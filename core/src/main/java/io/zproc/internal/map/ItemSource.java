package io.zproc.internal.map;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Takes items from a user's iterator, only as many as are asked for. For one thread. */
final class ItemSource {
  private final Iterator<?> items;
  private boolean exhausted;
  private Failure failure;

  ItemSource(Iterator<?> items) {
    this.items = items;
  }

  /** Up to {@code most} items; fewer when they come slowly, none when there are no more. */
  Object[] take(int most) {
    List<Object> taken = new ArrayList<>(most);
    long end = System.nanoTime() + ChunkSizer.TARGET_NS;
    while (taken.size() < most && isMore()) {
      if (!addNext(taken) || System.nanoTime() - end > 0) {
        break;
      }
    }
    return taken.toArray();
  }

  private boolean isMore() {
    try {
      exhausted |= !items.hasNext();
    } catch (RuntimeException | Error e) {
      fail(e);
    }
    return !exhausted;
  }

  private boolean addNext(List<Object> to) {
    try {
      return to.add(items.next());
    } catch (RuntimeException | Error e) {
      fail(e);
      return false;
    }
  }

  private void fail(Throwable thrown) {
    exhausted = true;
    failure = Failure.of(thrown);
  }

  boolean isExhausted() {
    return exhausted;
  }

  /** Why the items ended before their end, or null. */
  Failure failure() {
    return failure;
  }
}
