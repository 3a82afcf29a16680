package io.zproc.internal.map;

import io.zproc.ClosedException;
import io.zproc.Context;
import io.zproc.State;
import io.zproc.ZProcException;
import io.zproc.internal.process.Serialization;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on chunks until its pool has no more use for it. It needs a context of the pool's server
 * and its ticket; who started it, and where, does not matter. For one thread.
 */
final class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private final Context context;
  private final Board board;
  private final Claims claims;
  private final Map<String, State<String, Object>> states = new HashMap<>();
  private MapTarget target;
  private long targetOf;

  private final OrphanHook hook;

  private Worker(Context context, WorkerTicket ticket) {
    this.context = context;
    this.board = new Board(context);
    this.claims = new Claims(board, ticket);
    this.hook = OrphanHook.install(board, ticket);
  }

  /** Returns when the worker is dismissed or the context closed. */
  static void run(Context context, WorkerTicket ticket) {
    try {
      Worker worker = new Worker(context, ticket);
      try {
        worker.run();
      } finally {
        worker.hook.remove();
      }
    } catch (ClosedException e) {
      LOG.debug("worker {} ends with its context", ticket.index());
    } catch (ZProcException e) {
      if (!Thread.currentThread().isInterrupted()) {
        throw e;
      }
    }
  }

  private void run() {
    while (true) {
      long rung = board.bells.read(claims.bell());
      Claim claim = claims.take();
      if (claim != null) {
        work(claim);
      } else if (claims.haveEnded()) {
        return;
      } else {
        board.bells.await(
            claims.bell(), () -> board.bells.read(claims.bell()) != rung ? true : null);
      }
    }
  }

  private void work(Claim claim) {
    byte[] items = board.data.get(TaskKeys.part(claim.slotKey(), 0));
    if (items == null) {
      return;
    }
    Object[] elements = Chunks.decode(List.of(items), claim.slot().items());
    long start = System.nanoTime();
    apply(claim, elements);
    long took = System.nanoTime() - start;
    finish(claim, Chunks.encode(elements), took);
  }

  /** Replaces each item by its result. */
  private void apply(Claim claim, Object[] elements) {
    try {
      MapTarget function = target(claim);
      State<String, Object> state =
          states.computeIfAbsent(claim.task().namespace(), context::state);
      for (int i = 0; i < elements.length; i++) {
        elements[i] = apply(function, state, elements[i]);
      }
    } catch (IOException | ClassNotFoundException | LinkageError | ClassCastException e) {
      Arrays.fill(elements, Failure.of(e));
    }
  }

  private static Object apply(MapTarget function, State<String, Object> state, Object item) {
    if (item instanceof Failure) {
      return item;
    }
    try {
      return function.apply(state, item);
    } catch (Throwable e) {
      return Failure.of(e);
    }
  }

  private MapTarget target(Claim claim) throws IOException, ClassNotFoundException {
    if (target == null || targetOf != claim.task().id()) {
      byte[] function = board.data.get(claim.keys().function);
      if (function == null) {
        throw new IOException("the task has been removed");
      }
      target = MapTarget.of(Serialization.read(function));
      targetOf = claim.task().id();
    }
    return target;
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
