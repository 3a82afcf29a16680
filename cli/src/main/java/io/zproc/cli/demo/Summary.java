package io.zproc.cli.demo;

import java.util.Locale;
import java.util.Map;

/**
 * The table at the end of the demo.
 *
 * @param peanuts how many there were
 * @param tallies what each consumer got of them
 */
record Summary(long peanuts, Map<Role, Tally> tallies) {
  private static final double MEDIAN = 50;
  private static final double TAIL = 99;

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(String.format("%n%-10s %9s %8s %10s %10s%n", header()));
    tallies.forEach((role, tally) -> text.append(row(role, tally)));
    text.append(String.format("%nTimes are from the commit of a peanut to its delivery.%n"));
    text.append("The buffered consumer's include its own backlog: it takes 3 ms over each peanut,");
    text.append(String.format(" while at last%none is made every millisecond.%n"));
    return text.toString();
  }

  private static Object[] header() {
    return new Object[] {"consumer", "received", "missed", "p50 µs", "p99 µs"};
  }

  private String row(Role role, Tally tally) {
    return String.format(
        Locale.ROOT,
        "%-10s %9d %8d %10.0f %10.0f%n",
        role.label(),
        tally.received(),
        peanuts - tally.received(),
        tally.micros(MEDIAN),
        tally.micros(TAIL));
  }
}
