package io.zproc.benchmarks.race;

/**
 * One line of the result; times are nanoseconds for one operation.
 *
 * @param group what question it answers
 * @param strategy how server and clients waited, or "-" where nobody waits
 * @param name who did it
 * @param kind whether it is ours
 * @param count operations measured
 * @param batch operations timed together; percentiles are of such batches
 * @param median the median of the rounds' medians
 * @param best the lowest of the rounds' medians
 * @param max the longest operation, or the slowest batch
 * @param bytesPerOperation allocated by the measuring thread
 * @param ratio median relative to the median of the group's floor, or of its first row if it has
 *     none
 */
public record Row(
    String group,
    String strategy,
    String name,
    Kind kind,
    long count,
    int batch,
    double median,
    double best,
    double p50,
    double p90,
    double p99,
    double p999,
    double max,
    double bytesPerOperation,
    double ratio) {

  static Row of(
      String group, String strategy, Contestant contestant, Samples samples, double floor) {
    return new Row(
        group,
        strategy,
        contestant.name(),
        contestant.kind(),
        samples.operations(),
        contestant.batch(),
        samples.median(),
        samples.best(),
        samples.percentile(50),
        samples.percentile(90),
        samples.percentile(99),
        samples.percentile(99.9),
        samples.max(),
        samples.bytesPerOperation(),
        samples.median() / floor);
  }

  /** Operations in a second, at the median. */
  public double perSecond() {
    return 1e9 / median;
  }
}
