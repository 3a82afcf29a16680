package io.zproc.benchmarks.floor;

import io.zproc.benchmarks.race.Contestant;
import io.zproc.benchmarks.race.Kind;
import java.io.IOException;

/** One message to another process and one back, by one mechanism. For one thread. */
public interface PingPong extends AutoCloseable {

  /** What its row is called. */
  String name();

  /** The process at the other end. */
  long pid();

  /** There and back, {@code times} times. */
  void trip(int times) throws Exception;

  /** Ends the other process. */
  @Override
  void close() throws IOException;

  /** This as one that takes turns. */
  default Contestant as(Kind kind) {
    return Contestant.single(name(), kind, this::trip, pid());
  }
}
