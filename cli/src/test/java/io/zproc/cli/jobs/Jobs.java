package io.zproc.cli.jobs;

import io.zproc.MapFunction;
import java.io.Serializable;
import java.util.concurrent.locks.LockSupport;

/** Functions for the workers of nodes. */
public final class Jobs {
  private Jobs() {}

  public static MapFunction<Integer, Long> square() {
    return n -> (long) n * n;
  }

  /** Takes a while for each item. */
  public static MapFunction<Integer, Long> slowSquare(long nanos) {
    return n -> {
      LockSupport.parkNanos(nanos);
      return (long) n * n;
    };
  }

  public static MapFunction<Object, String> describe() {
    return String::valueOf;
  }

  /** Captures what it is given. */
  public static MapFunction<Integer, String> with(Serializable captured) {
    return n -> n + " " + captured;
  }

  public static MapFunction<Integer, Long> pid() {
    return n -> {
      LockSupport.parkNanos(10_000_000);
      return ProcessHandle.current().pid();
    };
  }

  /** An item. */
  public record Order(int number) implements Serializable {}
}
