package io.zproc.internal.map;

import io.zproc.MapFunction;
import io.zproc.State;
import io.zproc.StatefulMapFunction;
import io.zproc.ZProcException;
import java.io.IOException;
import java.io.Serializable;

/** What is applied to each item, with the state that it is given. */
@FunctionalInterface
interface MapTarget extends Serializable {

  Object apply(State<String, Object> state, Object item) throws Exception;

  @SuppressWarnings("unchecked")
  static <T, R> MapTarget of(MapFunction<T, R> function) {
    return (state, item) -> function.apply((T) item);
  }

  @SuppressWarnings("unchecked")
  static <T, R> MapTarget ofStateful(StatefulMapFunction<T, R> function) {
    return (state, item) -> function.apply(state, (T) item);
  }

  default byte[] toBytes() {
    try {
      return Serial.toBytes(this);
    } catch (IOException e) {
      throw new ZProcException("the function can not be serialized", e);
    }
  }
}
