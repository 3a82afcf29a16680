package io.zproc.internal.process;

import io.zproc.ManagedProcess;
import io.zproc.ZProcException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Waiting for several processes with one timeout for all together. Stateless. */
public final class Waiting {
  public static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

  private Waiting() {}

  /**
   * The results, in the order of the processes.
   *
   * @throws ZProcException of the first process in that order that has none
   */
  public static List<Object> forResults(
      List<? extends ManagedProcess<?>> processes, Duration timeout) {
    long start = System.nanoTime();
    List<Object> results = new ArrayList<>(processes.size());
    for (ManagedProcess<?> process : processes) {
      results.add(process.await(left(timeout, start)));
    }
    return results;
  }

  /** As {@link #forResults}, with the exceptions in place of the results that there are not. */
  public static List<Object> forResultsOrExceptions(
      List<? extends ManagedProcess<?>> processes, Duration timeout) {
    long start = System.nanoTime();
    List<Object> results = new ArrayList<>(processes.size());
    for (ManagedProcess<?> process : processes) {
      try {
        results.add(process.await(left(timeout, start)));
      } catch (ZProcException e) {
        results.add(e);
      }
    }
    return results;
  }

  private static Duration left(Duration timeout, long start) {
    Duration left = timeout.minusNanos(System.nanoTime() - start);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
