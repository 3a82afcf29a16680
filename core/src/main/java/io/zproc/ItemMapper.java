package io.zproc;

import java.util.Iterator;

/**
 * Applies a function to many items in worker processes, as {@code map} of a stream would in this
 * one. Thread-safe.
 *
 * <pre>{@code
 * for (long square : ctx.processMap((Integer n) -> (long) n * n, List.of(1, 2, 3, 4))) {
 *   System.out.println(square);
 * }
 * }</pre>
 *
 * <p>Workers begin at once, while the caller goes on. Items are taken by a thread of the context,
 * and only so far ahead of the results that are asked for as keeps workers busy: at most 32 chunks,
 * or four for each worker if that is more. So an endless iterator is fine. Results of the same item
 * are never given twice, but the function may run twice for it, when a worker dies.
 *
 * <p>Workers are processes as the context's process defaults say. They are kept for the next map,
 * and end with the context. A worker that dies is replaced; an item at which worker after worker
 * dies fails.
 *
 * <p>All methods throw {@link TargetNotSerializableException} when the function captures something
 * that can not be sent; nothing is started then.
 */
public interface ItemMapper {

  /** The results of the function for all items. */
  default <T, R> MapResults<R> processMap(
      MapFunction<? super T, ? extends R> function, Iterable<? extends T> items) {
    return processMap(function, items, MapOptions.defaults());
  }

  default <T, R> MapResults<R> processMap(
      MapFunction<? super T, ? extends R> function,
      Iterable<? extends T> items,
      MapOptions options) {
    return processMap(function, items.iterator(), options);
  }

  /**
   * @param items used by another thread from now on
   */
  default <T, R> MapResults<R> processMap(
      MapFunction<? super T, ? extends R> function,
      Iterator<? extends T> items,
      MapOptions options) {
    return pullResults(submitMap(function, items, options));
  }

  /** As {@code processMap}, for a function that is given the state. */
  default <T, R> MapResults<R> processMapWithState(
      StatefulMapFunction<? super T, ? extends R> function, Iterable<? extends T> items) {
    return processMapWithState(function, items, MapOptions.defaults());
  }

  default <T, R> MapResults<R> processMapWithState(
      StatefulMapFunction<? super T, ? extends R> function,
      Iterable<? extends T> items,
      MapOptions options) {
    return pullResults(submitMapWithState(function, items.iterator(), options));
  }

  /** Begins a map whose results are pulled later, or elsewhere. It ends with this context. */
  default <T, R> MapTask submitMap(
      MapFunction<? super T, ? extends R> function, Iterable<? extends T> items) {
    return submitMap(function, items, MapOptions.defaults());
  }

  default <T, R> MapTask submitMap(
      MapFunction<? super T, ? extends R> function,
      Iterable<? extends T> items,
      MapOptions options) {
    return submitMap(function, items.iterator(), options);
  }

  /** As the other, with items that are used by another thread from now on. */
  <T, R> MapTask submitMap(
      MapFunction<? super T, ? extends R> function,
      Iterator<? extends T> items,
      MapOptions options);

  /** As {@link #submitMap}, for a function that is given the state. */
  <T, R> MapTask submitMapWithState(
      StatefulMapFunction<? super T, ? extends R> function,
      Iterator<? extends T> items,
      MapOptions options);

  /**
   * The results of a map that this or another process has begun. Only one at a time may pull them.
   * Who comes later, when the one before has died say, goes on where that one was, or some results
   * before: up to a chunk of them, which the one before may have given, is given again. None is
   * left out.
   *
   * @throws ZProcException when there is no such map, or no longer
   */
  <R> MapResults<R> pullResults(String task);

  default <R> MapResults<R> pullResults(MapTask task) {
    return pullResults(task.id());
  }
}
