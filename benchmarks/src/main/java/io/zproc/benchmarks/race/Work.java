package io.zproc.benchmarks.race;

/** What is timed: a number of operations in a loop of its own, so that it is compiled by itself. */
@FunctionalInterface
public interface Work {

  /** Does {@code operations} of them, one after the other. */
  void run(int operations) throws Exception;
}
