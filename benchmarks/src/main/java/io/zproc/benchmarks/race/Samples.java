package io.zproc.benchmarks.race;

import java.util.Arrays;
import org.HdrHistogram.Histogram;

/** What was measured of one contestant, over all of its rounds. Not thread-safe. */
final class Samples {
  private static final long PICOS = 1_000;
  private static final long LONGEST_PS = 100_000_000L * 1_000_000;
  private static final int DIGITS = 3;

  private final Histogram all = new Histogram(LONGEST_PS, DIGITS);
  private final Histogram round = new Histogram(LONGEST_PS, DIGITS);
  private final double[] medians;
  private int rounds;
  private long operations;
  private long allocated;

  Samples(int maxRounds) {
    medians = new double[maxRounds];
  }

  void record(long ns, int batch) {
    round.recordValue(Math.min(LONGEST_PS, ns * PICOS / batch));
    operations += batch;
  }

  void endRound(long allocatedBytes) {
    medians[rounds++] = round.getValueAtPercentile(50);
    allocated += allocatedBytes;
    all.add(round);
    round.reset();
  }

  /** The median of the rounds' medians, in nanoseconds. */
  double median() {
    double[] sorted = Arrays.copyOf(medians, rounds);
    Arrays.sort(sorted);
    int middle = rounds / 2;
    double median = rounds % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return median / PICOS;
  }

  /** The lowest of the rounds' medians: on a busy machine, that of the round least disturbed. */
  double best() {
    return Arrays.stream(medians, 0, rounds).min().orElse(Double.NaN) / PICOS;
  }

  double percentile(double percent) {
    return (double) all.getValueAtPercentile(percent) / PICOS;
  }

  double max() {
    return (double) all.getMaxValue() / PICOS;
  }

  long operations() {
    return operations;
  }

  double bytesPerOperation() {
    return (double) allocated / operations;
  }
}
