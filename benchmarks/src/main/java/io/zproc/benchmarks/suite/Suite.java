package io.zproc.benchmarks.suite;

import io.zproc.WaitStrategy;
import io.zproc.benchmarks.Lab;
import java.util.List;

/** One question, or two that need the same processes. */
public interface Suite {

  /** What it is called on the command line. */
  String name();

  /** Whether the way of waiting matters, so that it is run once for each. */
  default boolean isForEachStrategy() {
    return false;
  }

  void run(Lab lab, WaitStrategy strategy) throws Exception;

  /** Those of clients on this host, in the order of the result. */
  static List<Suite> all() {
    return List.of(
        new ReadSuite(),
        new PutSuite(),
        new WatchSuite(),
        new CommitSuite(),
        new PipelineSuite(),
        new DrainSuite(),
        new GrowthSuite(),
        new ProcessSuite(),
        new MapSuite());
  }

  /** Those of clients on other hosts. */
  static List<Suite> remote() {
    return List.of(
        new RemotePutSuite(),
        new RemoteGetSuite(),
        new RemoteCachedSuite(),
        new RemoteWatchSuite(),
        new RemoteDrainSuite(),
        new RemoteLargeSuite());
  }
}
