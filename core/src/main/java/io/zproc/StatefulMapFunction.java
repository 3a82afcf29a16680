package io.zproc;

import java.io.Serializable;

/**
 * As {@link MapFunction}, with the state.
 *
 * @param <T> the type of the items, which must be serializable
 * @param <R> the type of the results, which must be serializable
 */
@FunctionalInterface
public interface StatefulMapFunction<T, R> extends Serializable {

  /**
   * @param state of the namespace of the context that the map was asked of
   */
  R apply(State<String, Object> state, T item) throws Exception;
}
