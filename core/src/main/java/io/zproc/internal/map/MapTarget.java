package io.zproc.internal.map;

import io.zproc.MapFunction;
import io.zproc.State;
import io.zproc.StatefulMapFunction;

/** A user's function of either kind. */
@FunctionalInterface
interface MapTarget {

  Object apply(State<String, Object> state, Object item) throws Exception;

  @SuppressWarnings("unchecked")
  static MapTarget of(Object function) {
    if (function instanceof MapFunction<?, ?>) {
      MapFunction<Object, ?> stateless = (MapFunction<Object, ?>) function;
      return (state, item) -> stateless.apply(item);
    }
    return ((StatefulMapFunction<Object, ?>) function)::apply;
  }
}
