package io.zproc.shm.internal.server;

import io.zproc.ZProcException;
import io.zproc.shm.internal.checkpoint.CheckpointWriter;
import io.zproc.shm.internal.journal.JournalWriter;
import io.zproc.shm.internal.os.Helper;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a checkpoint whenever a segment of the journal is full, a little with each commit and more
 * when there is nothing else to do. The server's thread only.
 */
final class Checkpointer {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);
  private static final long RETRY_NS = 10_000_000_000L;

  /** So many bytes are copied for each byte that commits append to the journal. */
  private static final int COPIED_TO_APPENDED = 8;

  private static final long MAX_STEP_BYTES = 1 << 20;
  private static final long IDLE_STEP_BYTES = 16 << 10;
  private static final long WAIT_NS = 100_000;

  private final StateStore store;
  private final JournalWriter journal;
  private final CommitProcessor commits;
  private final Path directory;
  private final Helper helper;
  private final Supplier<byte[]> sessions;

  private StateCopy copy;
  private CheckpointWriter writer;
  private byte[] sessionsThen;
  private long appended;
  private Future<Long> completion;
  private boolean rolling;
  private boolean failed;
  private long retryAtNs;

  /**
   * @param directory of the journal
   * @param sessions gives the {@link SessionsImage} as of now
   */
  Checkpointer(
      StateStore store,
      JournalWriter journal,
      CommitProcessor commits,
      Path directory,
      Helper helper,
      Supplier<byte[]> sessions) {
    this.store = store;
    this.journal = journal;
    this.commits = commits;
    this.directory = directory;
    this.helper = helper;
    this.sessions = sessions;
  }

  /** To be called by a starting server: a checkpoint that its predecessor owes is begun. */
  void start() {
    if (!journal.hasCheckpoint()) {
      begin();
    }
  }

  /** To be called behind commits; does a little. */
  void onWork() {
    if (copy != null) {
      long size = journal.size();
      step(Math.min(MAX_STEP_BYTES, COPIED_TO_APPENDED * (size - appended)));
      appended = size;
    } else if (completion != null) {
      completeIfDone();
    } else if (failed ? isTimeToRetry() : journal.isSegmentFull()) {
      begin();
    }
  }

  private boolean isTimeToRetry() {
    return System.nanoTime() - retryAtNs >= 0;
  }

  /**
   * To be called when the journal is full, in front of a commit: completes a checkpoint, so that
   * what is older can go. Everybody waits meanwhile.
   */
  void makeRoom() {
    if (!isActive() && (!failed || isTimeToRetry())) {
      begin();
    }
    while (copy != null) {
      if (copy.mustWait()) {
        LockSupport.parkNanos(WAIT_NS);
      } else {
        step(MAX_STEP_BYTES);
      }
    }
    if (completion != null) {
      complete();
    }
  }

  /** To be called when there is nothing else to do; returns whether it did something. */
  boolean onIdle() {
    if (completion != null) {
      completeIfDone();
    }
    if (copy == null || copy.mustWait()) {
      return false;
    }
    step(IDLE_STEP_BYTES);
    return true;
  }

  /** Whether it has something to do soon even without commits. */
  boolean isActive() {
    return copy != null || completion != null;
  }

  /** Whether the journal is between two segments, so that an error may have left neither. */
  boolean isRolling() {
    return rolling;
  }

  private void begin() {
    long revision = commits.revision();
    try {
      rolling = true;
      long segmentBytes = journal.roll(revision + 1);
      rolling = false;
      sessionsThen = sessions.get();
      writer = new CheckpointWriter(directory, revision, segmentBytes, helper);
      copy = new StateCopy(store, writer, revision);
      store.copyTo(copy);
      appended = journal.size();
    } catch (ZProcException e) {
      rolling = false;
      fail(e);
    }
  }

  private void step(long bytes) {
    if (!copy.advance(bytes)) {
      store.copyTo(null);
      copy = null;
      completion = writer.finish(sessionsThen);
    }
  }

  private void completeIfDone() {
    if (completion.isDone()) {
      complete();
    }
  }

  private void complete() {
    try {
      journal.checkpointed(completion.get());
      failed = false;
    } catch (InterruptedException | ExecutionException e) {
      fail(e);
    }
    completion = null;
  }

  private void fail(Exception e) {
    LOG.warn("no checkpoint of {} could be made; the next try is in 10 s", directory, e);
    retryLater();
  }

  private void retryLater() {
    failed = true;
    retryAtNs = System.nanoTime() + RETRY_NS;
  }

  /** Gives up a checkpoint that is half made. */
  void abort() {
    if (copy != null) {
      store.copyTo(null);
      copy = null;
      writer.abort();
      retryLater();
    }
  }
}
