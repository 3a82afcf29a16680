package io.zproc.benchmarks.floor;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.stream.IntStream;

/** A map by threads of one JVM: nothing is copied, and nothing survives. */
public final class PoolMap implements AutoCloseable {
  private final ForkJoinPool pool;

  public PoolMap(int threads) {
    pool = new ForkJoinPool(threads);
  }

  /** Squares the numbers below {@code count} in order; returns their sum. */
  public long sumOfSquares(int count) throws InterruptedException, ExecutionException {
    ForkJoinTask<List<Long>> squares =
        pool.submit(
            () -> IntStream.range(0, count).parallel().mapToObj(n -> (long) n * n).toList());
    long sum = 0;
    for (Iterator<Long> each = new ArrayList<>(squares.get()).iterator(); each.hasNext(); ) {
      sum += each.next();
    }
    return sum;
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
