package io.zproc.internal.map;

import io.zproc.ClosedException;
import io.zproc.Context;
import io.zproc.State;
import io.zproc.ZProcException;
import io.zproc.internal.process.Serialization;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on chunks until it belongs nowhere any more. It needs a context of the server and its
 * membership; who started it, and where, does not matter. For one thread.
 */
final class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  /** How long it is silent while others have work. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Context context;
  private final Board board;
  private final Membership membership;
  private final Claims claims;
  private final NodeWatch nodes;
  private final ObjectReader reader;
  private final Map<String, State<String, Object>> states = new HashMap<>();
  private MapTarget target;
  private long targetOf;

  /**
   * @param reader reads functions, and items that are not plain data
   */
  Worker(Context context, Board board, Membership membership, ObjectReader reader) {
    this.context = context;
    this.board = board;
    this.membership = membership;
    this.claims = new Claims(board, membership);
    this.nodes = new NodeWatch(board, NodeWatch.PATIENCE);
    this.reader = reader;
  }

  /** Works for a pool. Returns when the worker is dismissed or the context closed. */
  static void run(Context context, WorkerTicket ticket) {
    Board board = new Board(context);
    try {
      OrphanHook hook = OrphanHook.install(board, ticket);
      try {
        new Worker(context, board, new PoolMembership(board, ticket), Serialization::read).run();
      } finally {
        hook.remove();
      }
    } catch (ClosedException e) {
      LOG.debug("worker {} ends with its context", ticket.index());
    } catch (ZProcException e) {
      if (!Thread.currentThread().isInterrupted()) {
        throw e;
      }
    }
  }

  /** Returns when the worker is dismissed. */
  void run() {
    while (true) {
      String[] bells = membership.bells();
      List<Long> rung = board.bells.lastRings(bells);
      Claim claim = claims.take();
      if (claim != null) {
        work(claim);
      } else if (claims.haveEnded()) {
        return;
      } else {
        awaitWork(rung, bells);
      }
    }
  }

  /** While others have work, it looks now and then whether they are still there. */
  private void awaitWork(List<Long> rung, String[] bells) {
    Duration patience = claims.claimants().isEmpty() ? null : PATIENCE;
    if (!board.bells.awaitRing(rung, patience, bells)) {
      nodes.check(claims.claimants());
    }
  }

  private void work(Claim claim) {
    byte[] items = board.data.get(TaskKeys.part(claim.slotKey(), 0));
    byte[] function = isCurrent(claim) ? null : board.data.get(claim.keys().function);
    if (items == null || function == null && !isCurrent(claim)) {
      return; // The task has been removed.
    }
    Object[] elements;
    try {
      load(claim, function);
      elements = Chunks.decode(List.of(items), claim.slot().items(), reader);
    } catch (IOException | ClassNotFoundException | RuntimeException | LinkageError e) {
      refuse(claim, e);
      return;
    }
    State<String, Object> state = states.computeIfAbsent(claim.task().namespace(), context::state);
    long start = System.nanoTime();
    for (int i = 0; i < elements.length; i++) {
      elements[i] = apply(state, elements[i]);
    }
    long took = System.nanoTime() - start;
    finish(claim, Chunks.encode(elements), took);
  }

  private boolean isCurrent(Claim claim) {
    return target != null && targetOf == claim.task().id();
  }

  /**
   * @param function null when it has been loaded
   */
  private void load(Claim claim, byte[] function) throws IOException, ClassNotFoundException {
    if (function != null) {
      target = MapTarget.of(reader.read(function));
      targetOf = claim.task().id();
    }
  }

  private Object apply(State<String, Object> state, Object item) {
    if (item instanceof Failure) {
      return item;
    }
    try {
      return target.apply(state, item);
    } catch (Throwable e) {
      return Failure.of(e);
    }
  }

  private void refuse(Claim claim, Throwable reason) {
    if (membership.leaves(claim.task(), reason)) {
      claims.giveBack(claim);
    } else {
      finish(claim, Chunks.failures(claim.slot().items(), reason), 0);
    }
  }

  /** Results that the server refuses, for want of space say, become failures that say so. */
  private void finish(Claim claim, List<Part> results, long took) {
    try {
      claims.finish(claim, results, took);
    } catch (ZProcException e) {
      if (e instanceof ClosedException || Outage.isOne(e)) {
        throw e;
      }
      claims.finish(claim, Chunks.failures(claim.slot().items(), e), took);
    }
  }
}
