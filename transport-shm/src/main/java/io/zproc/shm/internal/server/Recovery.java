package io.zproc.shm.internal.server;

import io.zproc.CapacityException;
import io.zproc.ZProcException;
import io.zproc.codec.ByteWriter;
import io.zproc.internal.protocol.ChangeKind;
import io.zproc.internal.protocol.Event;
import io.zproc.internal.protocol.Relay;
import io.zproc.shm.internal.checkpoint.CheckpointFiles;
import io.zproc.shm.internal.checkpoint.CheckpointReader;
import io.zproc.shm.internal.journal.JournalReader;
import io.zproc.shm.internal.journal.JournalSegments;
import io.zproc.shm.internal.layout.Control;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the state from a checkpoint and the journal: what a server does first. Whatever an earlier
 * server left in maps is not looked at.
 */
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final StateStore store;
  private final Set<Long> liveSessions;
  private final Map<Long, RecoveredReply> replies = new HashMap<>();
  private final RecoveredRemotes remotes = new RecoveredRemotes();
  private final ByteWriter previous = new ByteWriter();
  private long revision;
  private long lastSession;
  private long identity;

  /** Replies are remembered for the sessions of {@code liveSessions}. */
  Recovery(StateStore store, Set<Long> liveSessions) {
    this.store = store;
    this.liveSessions = liveSessions;
  }

  /**
   * Takes the newest checkpoint and applies every event behind it; afterwards {@link #revision} is
   * the last one's.
   */
  void recover(Path journal) {
    restore(journal);
    try (JournalSegments segments = new JournalSegments(journal, () -> 0);
        JournalReader reader = segments.reader().checked()) {
      Event event = new Event();
      reader.seek(revision);
      while (reader.next(event)) {
        apply(event);
        store.maintain();
      }
    } catch (CapacityException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new ZProcException(
          "the state of " + journal + " can not be made behind revision " + revision + ": " + e, e);
    }
  }

  private void restore(Path journal) {
    try {
      long[] checkpoints = CheckpointFiles.list(journal);
      boolean isRestored = false;
      for (int i = checkpoints.length - 1; i >= 0 && !isRestored; i--) {
        isRestored = restore(journal, checkpoints[i]);
      }
    } catch (IOException e) {
      throw new ZProcException("can not read the checkpoints in " + journal + ": " + e, e);
    }
  }

  /** One that is damaged is passed over: what it says, the one before and the journal say, too. */
  private boolean restore(Path journal, long checkpoint) throws IOException {
    if (!isIntact(journal, checkpoint)) {
      LOG.warn("checkpoint {} in {} is damaged and passed over", checkpoint, journal);
      return false;
    }
    try (CheckpointReader reader = CheckpointReader.open(journal, checkpoint)) {
      byte[] sessions = reader.readAll(this::applyKept);
      SessionsImage.Head head = SessionsImage.read(sessions, checkpoint, replies, remotes);
      lastSession = head.lastSession();
      identity = head.identity();
    }
    replies.keySet().retainAll(liveSessions);
    store.touchAll(checkpoint);
    revision = checkpoint;
    return true;
  }

  private static boolean isIntact(Path journal, long checkpoint) {
    try (CheckpointReader reader = CheckpointReader.open(journal, checkpoint)) {
      return reader.isIntact();
    } catch (IOException e) {
      LOG.warn("can not read checkpoint {}", checkpoint, e);
      return false;
    }
  }

  private void applyKept(Event event) {
    revision = event.revision();
    while (event.nextChange()) {
      apply(event, null);
    }
  }

  private void apply(Event event) {
    revision = event.revision();
    lastSession = Math.max(lastSession, event.session());
    boolean remote = Relay.isRemote(event.session());
    RecoveredReply reply = remote ? beginRemote(event) : begin(event);
    while (event.nextChange()) {
      apply(event, reply);
    }
    if (remote) {
      remotes.add(event.session(), reply);
    }
  }

  private RecoveredReply beginRemote(Event event) {
    return remotes.begin(event.session(), event.sequence(), revision);
  }

  private RecoveredReply begin(Event event) {
    if (!liveSessions.contains(event.session())) {
      return null;
    }
    RecoveredReply before = replies.get(event.session());
    AppliedSequences applied = before == null ? new AppliedSequences() : before.applied();
    applied.add(event.sequence());
    RecoveredReply reply = RecoveredReply.complete(event.sequence(), revision, applied);
    replies.put(event.session(), reply);
    return reply;
  }

  private void apply(Event event, RecoveredReply reply) {
    switch (event.kind()) {
      case ChangeKind.PUT:
        int written =
            store.ensureReclaiming(
                event.namespace(),
                event.array(),
                event.keyOffset(),
                event.keyLength(),
                event.valueLength());
        note(reply, event, written, event.value());
        store.put(written, revision, event.array(), event.valueOffset(), event.valueLength());
        break;
      case ChangeKind.REMOVE:
        int removed =
            store.find(event.namespace(), event.array(), event.keyOffset(), event.keyLength());
        note(reply, event, removed, null);
        store.remove(removed, revision);
        break;
      case ChangeKind.CLEAR:
        store.clear(store.namespace(event.namespace()), revision);
        break;
      case ChangeKind.NAMESPACE:
        store.addNamespace(event.namespace(), event.key(), revision);
        break;
      case ChangeKind.START:
        identity = event.identity();
        break;
      default:
        break;
    }
  }

  private void note(RecoveredReply reply, Event event, int entry, byte[] value) {
    if (reply == null) {
      return;
    }
    byte[] before = null;
    if (store.entries().isPresent(entry)) {
      store.read(entry, previous.clear());
      before = previous.toByteArray();
    }
    long version = store.entries().version(entry);
    reply.add(event.namespace(), event.key(), version, before, value);
  }

  /**
   * Looks whether everything is there that an earlier server has published. A journal that was cut
   * short looks like one that ends there.
   */
  void requireAll(Control control) {
    boolean isSame = identity == 0 || identity == control.identity();
    if (isSame && revision < control.published()) {
      throw new ZProcException(
          "the journal ends with revision %d, but the last server had published %d: its files were changed or deleted, or the machine lost power. Put them back, or start in another directory"
              .formatted(revision, control.published()));
    }
  }

  long revision() {
    return revision;
  }

  /**
   * What the state is known by: made when there was nothing to recover, for then it is a new one.
   */
  long identity() {
    while (identity == 0) {
      identity = new SecureRandom().nextLong() & Long.MAX_VALUE;
    }
    return identity;
  }

  /** The highest number of a session, not of a remote one, that ever committed. */
  long lastSession() {
    return lastSession;
  }

  Map<Long, RecoveredReply> replies() {
    return replies;
  }

  RecoveredRemotes remotes() {
    return remotes;
  }
}
