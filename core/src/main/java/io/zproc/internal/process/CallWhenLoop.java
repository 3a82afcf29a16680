package io.zproc.internal.process;

import io.zproc.HistoryLostException;
import io.zproc.ProcessTarget;
import io.zproc.Snapshot;
import io.zproc.SnapshotHandler;
import io.zproc.SnapshotPredicate;
import io.zproc.State;
import io.zproc.Update;
import io.zproc.Watch;
import io.zproc.WatchOptions;
import io.zproc.ZProcTimeoutException;
import io.zproc.internal.state.States;
import java.time.Duration;

/**
 * The target of {@code callWhen…}: waits for updates and calls the handler for those that fulfil
 * the test. When the target is run again after a failure, it goes on behind the last update that
 * the handler was done with. For one thread.
 */
final class CallWhenLoop implements ProcessTarget<Void> {
  private static final long serialVersionUID = 1L;

  private final String[] keys;
  private final SnapshotPredicate test;
  private final WatchOptions options;
  private final SnapshotHandler handler;
  private final String resumeKey;

  /** Of the state that the position is one of. */
  private final long identity;

  /** The revision behind which the loop goes on; each update that is done with moves it. */
  private long position;

  /** Whether the state at the beginning still has to be tested. */
  private boolean isNew;

  /**
   * @param keys those that commits have to write; none for any
   * @param test null for any update, and then not for the state at the beginning either
   * @param resumeKey under which the position is kept for a process that follows a killed one, or
   *     null
   * @param identity of the state
   * @param position the revision of it behind which a buffered loop begins
   */
  CallWhenLoop(
      String[] keys,
      SnapshotPredicate test,
      WatchOptions options,
      SnapshotHandler handler,
      String resumeKey,
      long identity,
      long position) {
    this.keys = keys;
    this.test = test;
    this.options = options;
    this.handler = handler;
    this.resumeKey = resumeKey;
    this.identity = identity;
    this.position = options.fromRevision() < 0 ? position : options.fromRevision();
    isNew = test != null;
  }

  /** What people know it by. */
  String name() {
    return Lambdas.nameOf(handler);
  }

  @Override
  public Void run(State<String, Object> state) throws Exception {
    State<String, Object> positions = state.fork(ProcessTable.POSITIONS);
    checkSame(state);
    resume(positions);
    WatchOptions from = options.isLive() ? options : options.fromRevision(position);
    try (positions;
        Watch<String, Object> watch = state.watch(from, keys)) {
      if (isNew) {
        begin(watch, state);
        advance(position, positions);
      }
      while (true) {
        Update<String, Object> update = next(watch);
        handler.handle(update.after(), state);
        advance(update.revision(), positions);
      }
    }
  }

  private void checkSame(State<String, Object> state) {
    if (!options.isLive() && States.identity(state) != identity) {
      throw new HistoryLostException(
          "another state has taken "
              + state.address()
              + ": "
              + name()
              + " was to go on behind revision "
              + position
              + " of the one before; call it for the other one anew");
    }
  }

  /** Goes on where another process was killed. */
  private void resume(State<String, Object> positions) {
    long reached = resumeKey == null ? -1 : positions.getLong(resumeKey, -1);
    if (reached > position) {
      position = reached;
      isNew = false;
    }
  }

  /** Tests the state as it was at the position: what the first update found, if there is one. */
  private void begin(Watch<String, Object> watch, State<String, Object> state) throws Exception {
    Snapshot<String, Object> now = state.copy();
    Update<String, Object> first = options.isLive() ? null : watch.poll();
    Snapshot<String, Object> then = first == null ? now : first.before();
    if (test.test(then)) {
      handler.handle(then, state);
    }
    isNew = false;
    if (first != null) {
      if (test.test(first.after())) {
        handler.handle(first.after(), state);
      }
      position = first.revision();
    }
  }

  private Update<String, Object> next(Watch<String, Object> watch) {
    long start = System.nanoTime();
    Update<String, Object> update = watch.next();
    while (test != null && !test.test(update.after())) {
      position = update.revision();
      update = watch.next(left(start));
    }
    return update;
  }

  private Duration left(long start) {
    Duration timeout = options.timeout();
    if (timeout == null) {
      return null;
    }
    Duration left = timeout.minusNanos(System.nanoTime() - start);
    if (left.isNegative()) {
      throw new ZProcTimeoutException(
          "waited " + timeout.toMillis() + " ms for a commit that fulfils " + name());
    }
    return left;
  }

  /** Is done with everything up to this revision. */
  private void advance(long revision, State<String, Object> positions) {
    position = revision;
    if (resumeKey != null && !options.isLive()) {
      positions.putLong(resumeKey, revision);
    }
  }
}
