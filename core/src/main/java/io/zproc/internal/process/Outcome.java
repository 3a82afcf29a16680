package io.zproc.internal.process;

import io.zproc.RemoteException;
import io.zproc.ZProcException;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What a target gave: a result, or what it threw. It travels as a value of the namespace {@link
 * ProcessTable#OUTCOMES}: {@code {"result": bytes}}, Java-serialized, or {@code {"failure": rows}},
 * plain data.
 *
 * @param result null when it threw
 * @param failure as {@link Failure} makes it; null when it returned
 */
record Outcome(byte[] result, List<?> failure) {
  private static final String RESULT = "result";
  private static final String FAILURE = "failure";

  /** A result that can not be serialized is a failure of the target. */
  static Outcome returned(Object value) {
    try {
      return new Outcome(Serialization.write(value), null);
    } catch (IOException | RuntimeException e) {
      return threw(
          new ZProcException(
              "the result, a " + value.getClass().getName() + ", is not serializable: " + e, e));
    }
  }

  static Outcome threw(Throwable thrown) {
    return new Outcome(null, Failure.of(thrown));
  }

  Map<String, Object> toMap() {
    return result != null ? Map.of(RESULT, result) : Map.of(FAILURE, failure);
  }

  static Outcome of(Map<?, ?> map) {
    return new Outcome((byte[]) map.get(RESULT), (List<?>) map.get(FAILURE));
  }

  boolean isFailure() {
    return failure != null;
  }

  RemoteException exception() {
    return Failure.toException(failure);
  }

  /** The result, a new copy each time. */
  Object value() throws IOException, ClassNotFoundException {
    return Serialization.read(result);
  }
}
