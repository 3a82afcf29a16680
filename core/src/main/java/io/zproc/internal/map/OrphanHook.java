package io.zproc.internal.map;

import io.zproc.ZProcException;
import io.zproc.internal.process.ProcessIdentity;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker's process does when it ends: if it ends because its owner did, it removes the
 * owner's pool. Others may do that at the same time.
 */
final class OrphanHook {
  private static final Logger LOG = LoggerFactory.getLogger(OrphanHook.class);

  /** From the closing of its files to its end, as the system sees it. */
  private static final Duration DYING = Duration.ofSeconds(1);

  private static final long LOOK_MS = 5;

  private final Board board;
  private final PoolKeys keys;
  private final PoolRecord pool;
  private final Thread thread = new Thread(this::run, "zproc-orphan-hook");

  private OrphanHook(Board board, PoolKeys keys, PoolRecord pool) {
    this.board = board;
    this.keys = keys;
    this.pool = pool;
  }

  /** Does nothing in the owner's own process. */
  static OrphanHook install(Board board, WorkerTicket ticket) {
    PoolKeys keys = new PoolKeys(ticket.pool());
    OrphanHook hook = new OrphanHook(board, keys, board.pools.get(keys.record));
    if (hook.isNeeded()) {
      Runtime.getRuntime().addShutdownHook(hook.thread);
    }
    return hook;
  }

  private boolean isNeeded() {
    return pool != null && !pool.owner().equals(ProcessIdentity.here());
  }

  void remove() {
    try {
      if (isNeeded()) {
        Runtime.getRuntime().removeShutdownHook(thread);
      }
    } catch (IllegalStateException e) {
      LOG.trace("the hook runs already");
    }
  }

  private void run() {
    try {
      if (endsSoon(pool.owner())) {
        new PoolBook(board).remove(keys, pool.id());
      }
    } catch (ZProcException e) {
      LOG.debug("pool {} of a dead owner is not removed from here", keys.number, e);
    }
  }

  /** Whether a process that seems to end has ended, or does within a second. */
  static boolean endsSoon(ProcessIdentity process) {
    long end = System.nanoTime() + DYING.toNanos();
    try {
      while (!process.hasEnded() && System.nanoTime() - end < 0) {
        Thread.sleep(LOOK_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return process.hasEnded();
  }
}
