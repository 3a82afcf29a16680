package io.zproc.tcp.internal.gateway;

import io.zproc.internal.collect.PersistentMap;
import io.zproc.internal.protocol.ChangeKind;
import io.zproc.internal.protocol.Event;
import io.zproc.internal.protocol.Interest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The remote watchers that have seen everything and wait for more. Each commit is looked at once,
 * and told to those whom it may concern. The gateway's thread only.
 */
final class RemoteWatchers {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteWatchers.class);

  /** Behind so many commits it is not looked whom they concern. */
  private static final long MAX_LOOKED_AT = 256;

  private final Backend backend;
  private final JournalReaders journal;
  private final Set<RemoteWatcher> waiting = new LinkedHashSet<>();
  private long lookedAt;

  RemoteWatchers(Backend backend) {
    this.backend = backend;
    journal = new JournalReaders(backend.connection());
  }

  JournalReaders journal() {
    return journal;
  }

  boolean isPublishedBehind(long revision) {
    return backend.revision() > revision;
  }

  /**
   * Adds one that has seen everything up to a revision. That was all when it was looked, but more
   * may be published meanwhile.
   */
  void add(RemoteWatcher watcher, long seen) {
    if (waiting.isEmpty()) {
      lookedAt = Math.min(seen, backend.revision());
    }
    waiting.add(watcher);
  }

  void remove(RemoteWatcher watcher) {
    waiting.remove(watcher);
  }

  boolean isAnyWaiting() {
    return !waiting.isEmpty();
  }

  /** The revision up to which all that wait were told of. */
  long lookedAt() {
    return lookedAt;
  }

  /** What all that wait are interested in. */
  int interest() {
    int all = 0;
    for (RemoteWatcher watcher : waiting) {
      all |= watcher.interest();
    }
    return all;
  }

  /** Tells of what was published since; returns how many were told. */
  int serve() {
    if (waiting.isEmpty()) {
      return 0;
    }
    long published = backend.revision();
    if (published == lookedAt) {
      return 0;
    }
    int concerned = interestOf(lookedAt, published);
    lookedAt = published;
    List<RemoteWatcher> told = new ArrayList<>();
    for (RemoteWatcher watcher : waiting) {
      if ((watcher.interest() & concerned) != 0) {
        told.add(watcher);
      }
    }
    for (RemoteWatcher watcher : told) {
      waiting.remove(watcher);
      watcher.answer();
    }
    return told.size();
  }

  private int interestOf(long behind, long last) {
    if (last - behind > MAX_LOOKED_AT) {
      return Interest.EVERYTHING;
    }
    int interest = 0;
    try {
      for (long revision = behind + 1; revision <= last; revision++) {
        Event event = journal.read(revision);
        while (event.nextChange()) {
          interest |= interestOf(event);
        }
      }
    } catch (RuntimeException e) {
      LOG.debug("what was committed behind {} can not be read: all are told", behind, e);
      return Interest.EVERYTHING;
    }
    return interest;
  }

  private static int interestOf(Event event) {
    switch (event.kind()) {
      case ChangeKind.PUT:
      case ChangeKind.REMOVE:
        int hash = PersistentMap.hash(event.array(), event.keyOffset(), event.keyLength());
        return Interest.ofChange(event.namespace(), hash);
      case ChangeKind.CLEAR:
        return Interest.ofClear(event.namespace());
      case ChangeKind.START:
        return Interest.EVERYTHING;
      default:
        return 0;
    }
  }

  void close() {
    journal.close();
  }
}
