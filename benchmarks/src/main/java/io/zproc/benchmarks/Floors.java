package io.zproc.benchmarks;

import io.zproc.WaitStrategy;
import io.zproc.benchmarks.floor.FutexPingPong;
import io.zproc.benchmarks.floor.MappedPingPong;
import io.zproc.benchmarks.floor.PingPong;
import io.zproc.benchmarks.floor.RedisSet;
import io.zproc.benchmarks.floor.RingPingPong;
import io.zproc.benchmarks.floor.SocketPingPong;
import io.zproc.benchmarks.floor.ZmqPingPong;
import io.zproc.benchmarks.process.Freezer;
import io.zproc.benchmarks.process.Workspace;
import io.zproc.benchmarks.race.Contestant;
import io.zproc.benchmarks.race.Kind;
import io.zproc.internal.jvm.Opens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ping-pongs between processes, started when first needed and kept for the whole run. */
public final class Floors implements AutoCloseable {
  private final Workspace workspace;
  private final Freezer freezer;
  private final boolean pinned;
  private final List<PingPong> all = new ArrayList<>();
  private List<Contestant> spinning;
  private List<Contestant> blocking;
  private ZmqPingPong echo;

  Floors(Workspace workspace, Freezer freezer, boolean pinned) {
    this.pinned = pinned;
    this.workspace = workspace;
    this.freezer = freezer;
  }

  /** The floor for that way of waiting, and peers that wait alike; on one core all must block. */
  public List<Contestant> of(WaitStrategy strategy) throws Exception {
    return pinned || strategy == WaitStrategy.BLOCKING ? blocking() : spinning();
  }

  private List<Contestant> spinning() throws Exception {
    if (spinning == null) {
      Opens.open();
      spinning =
          List.of(
              keep(MappedPingPong.start(workspace.resolve("mapped"))).as(Kind.FLOOR),
              keep(RingPingPong.start(workspace.resolve("rings"))).as(Kind.PEER));
    }
    return spinning;
  }

  private List<Contestant> blocking() throws Exception {
    if (blocking == null) {
      Opens.open();
      List<Contestant> started = new ArrayList<>();
      started.add(keep(FutexPingPong.start(workspace.resolve("futex"))).as(Kind.FLOOR));
      started.add(keep(SocketPingPong.start(workspace.resolve("socket"))).as(Kind.PEER));
      Optional<Path> redis = RedisSet.executable();
      if (redis.isPresent()) {
        started.add(keep(RedisSet.start(redis.get(), workspace.resolve("redis"))).as(Kind.PEER));
      }
      blocking = List.copyOf(started);
    }
    return blocking;
  }

  /** The floor for whatever goes over tcp. */
  public Contestant remote() throws IOException {
    return echo().as(Kind.FLOOR);
  }

  /** What goes over tcp without waiting for each. */
  public Contestant remoteUnawaited(int batch) throws IOException {
    return echo().unawaited(batch);
  }

  private ZmqPingPong echo() throws IOException {
    if (echo == null) {
      echo = ZmqPingPong.start();
      keep(echo);
    }
    return echo;
  }

  private PingPong keep(PingPong started) throws IOException {
    all.add(started);
    freezer.add(started.pid());
    freezer.noneRunning();
    return started;
  }

  @Override
  public void close() throws IOException {
    for (PingPong pingPong : all) {
      freezer.remove(pingPong.pid());
      pingPong.close();
    }
  }
}
