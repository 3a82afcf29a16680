package io.zproc;

import java.util.Iterator;
import java.util.stream.Stream;

/**
 * The results of a map, in the order of the items, each once. They arrive while others are being
 * computed. For one thread at a time, but {@link #close} may be called from any.
 *
 * <p>Results are in the state until they were given and {@link #hasNext} or {@link #next} asks for
 * what comes behind them, some at a time; so they survive the death of who pulls them. All of it is
 * gone from the state when {@link #hasNext} was false, or when it is closed.
 *
 * @param <R> the type of the results
 */
public interface MapResults<R> extends Iterator<R>, Iterable<R>, AutoCloseable {

  /**
   * Waits until it is known whether there is another result, or an item whose function failed.
   *
   * @throws ZProcException when somebody else pulls the same results, when the task was closed
   *     elsewhere, or when the context whose items they are has ended
   */
  @Override
  boolean hasNext();

  /**
   * Waits for the next result.
   *
   * @throws RemoteException when the function threw an exception for this item, or item or result
   *     can not be serialized. The next call gives the result of the next item
   */
  @Override
  R next();

  /** These results, from wherever they are. */
  @Override
  default Iterator<R> iterator() {
    return this;
  }

  /** These results as a sequential stream, which closes them when it is closed. */
  Stream<R> stream();

  /** Ends the map: no more items are pulled, and what is there of it is removed. Idempotent. */
  @Override
  void close();
}
