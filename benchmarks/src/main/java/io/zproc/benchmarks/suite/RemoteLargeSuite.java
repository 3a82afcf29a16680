package io.zproc.benchmarks.suite;

import io.zproc.WaitStrategy;
import io.zproc.benchmarks.Lab;
import io.zproc.benchmarks.floor.Maps;
import io.zproc.benchmarks.floor.ZmqLargeEchoes;
import io.zproc.benchmarks.floor.ZmqPingPong;
import io.zproc.benchmarks.process.Child;
import io.zproc.benchmarks.race.Contestant;
import io.zproc.benchmarks.race.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Small puts of one client over tcp, while another one moves large values or takes snapshots: what
 * counts is how far the percentiles are from those of the same puts with nobody else, and from
 * those of a bare jeromq echo beside another that moves as much.
 */
final class RemoteLargeSuite implements Suite {
  private static final int MANY_KEYS = 1_000_000;
  private static final int MANY_KEYS_QUICKLY = 100_000;
  private static final String MANY = "many";

  @Override
  public String name() {
    return "large";
  }

  @Override
  public void run(Lab lab, WaitStrategy strategy) throws Exception {
    int keys = lab.settings().quick() ? MANY_KEYS_QUICKLY : MANY_KEYS;
    List<Child> children = new ArrayList<>();
    try (PrivateServer server = PrivateServer.startRemote(lab, strategy, null);
        ZmqPingPong echo = ZmqPingPong.start()) {
      server.use().fillOther(MANY, keys);
      List<Contestant> contestants = new ArrayList<>();
      contestants.add(put(server, "put, nobody else", Kind.FLOOR));
      for (LargeTraffic.Kind kind : LargeTraffic.Kind.values()) {
        String namespace = kind == LargeTraffic.Kind.SNAPSHOT ? MANY : kind.name();
        Child child = LargeTraffic.start(kind, server.use().address(), namespace);
        children.add(child);
        lab.freezer().add(child.pid());
        contestants.add(put(server, name(kind, keys), Kind.ZPROC, child.pid()));
      }
      Child large = ZmqLargeEchoes.beside(echo);
      children.add(large);
      contestants.add(
          Contestant.single(
              echo.name() + ", beside 15 MiB", Kind.PEER, echo::trip, echo.pid(), large.pid()));
      lab.freezer().add(echo.pid());
      lab.freezer().add(large.pid());
      lab.race(name(), strategy.name(), lab.settings().pace().longer(), contestants);
      lab.freezer().remove(echo.pid());
      for (Child child : children) {
        child.requireAlive();
      }
    } finally {
      for (Child child : children) {
        lab.freezer().remove(child.pid());
        child.close();
      }
    }
  }

  private static String name(LargeTraffic.Kind kind, int keys) {
    return switch (kind) {
      case PUT -> "beside puts of 15 MiB";
      case GET -> "beside gets of 15 MiB";
      case SNAPSHOT -> "beside snapshots of " + keys + " keys";
    };
  }

  private static Contestant put(PrivateServer server, String name, Kind kind, Long... others) {
    List<Long> pids = new ArrayList<>(List.of(others));
    pids.add(server.pid());
    Puts puts = new Puts(server.state(), Maps.keys(Maps.KEYS));
    return Contestant.single(name, kind, puts::run, pids.toArray(new Long[0]));
  }
}
