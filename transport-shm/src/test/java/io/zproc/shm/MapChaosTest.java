package io.zproc.shm;

import static org.assertj.core.api.Assertions.assertThat;

import io.zproc.Context;
import io.zproc.MapOptions;
import io.zproc.MapResults;
import io.zproc.ServerBackend;
import io.zproc.State;
import io.zproc.WatchOptions;
import io.zproc.shm.testing.TestServer;
import io.zproc.shm.testing.WorkerKiller;
import java.time.Duration;
import java.util.Iterator;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Workers are killed while they start, claim, compute, write results of one and of several parts,
 * and while what they had claimed is given to others. When the killing stops, the map comes to its
 * end soon, with the right results. {@code -Dzproc.kills=N} kills for longer.
 */
@Timeout(1200)
class MapChaosTest {
  @RegisterExtension static final TestServer SERVER = TestServer.of(ServerBackend.PROCESS);

  private static final int KILLS = Integer.getInteger("zproc.kills", 10);
  private static final int ITEMS_AFTERWARDS = 300;
  private static final int BEGINNING_MS = 600;
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final WatchOptions PATIENTLY = WatchOptions.live().timeout(SOON);

  /** Tells who works, and gives now and then a result that takes a chunk of several parts. */
  private static byte[] work(State<String, Object> state, int n) {
    Long pid = ProcessHandle.current().pid();
    if (!pid.equals(state.get("working"))) {
      state.put("working", pid);
    }
    byte[] result = new byte[n % 64 == 0 ? 1_200_000 : 4];
    result[3] = (byte) n;
    return result;
  }

  /** Endless until it is told to end. */
  private static final class Items implements Iterator<Integer> {
    private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
    private int next;

    void endSoon() {
      left.set(ITEMS_AFTERWARDS);
    }

    @Override
    public boolean hasNext() {
      return left.getAndDecrement() > 0;
    }

    @Override
    public Integer next() {
      return next++;
    }
  }

  private static int check(MapResults<byte[]> results) {
    int n = 0;
    for (; results.hasNext(); n++) {
      assertThat(results.next()[3]).as("result %d", n).isEqualTo((byte) n);
      LockSupport.parkNanos(1_000_000);
    }
    return n;
  }

  @Test
  void shouldEndWithTheRightResultsWhenKillingStops() throws Exception {
    long seed = Long.getLong("zproc.seed", System.nanoTime());
    System.out.println("MapChaosTest seed " + seed);
    Random random = new Random(seed);
    Items items = new Items();
    try (Context context = Context.builder().address(SERVER.address()).spareProcesses(1).open()) {
      WorkerKiller killer = new WorkerKiller(context, random);
      MapOptions options = MapOptions.defaults().count(2).chunkSize(4);
      MapResults<byte[]> results =
          context.processMapWithState(MapChaosTest::work, () -> items, options);
      FutureTask<Integer> all = new FutureTask<>(() -> check(results));
      new Thread(all, "puller").start();
      while (killer.kills() < KILLS) {
        switch (random.nextInt(5)) {
          case 0 -> killer.killAll();
          case 1, 2 -> killer.killYoung(BEGINNING_MS);
          default -> killer.killWorking(aWorkingOne(context.state(), killer));
        }
      }
      items.endSoon();
      assertThat(all.get(SOON.toSeconds(), TimeUnit.SECONDS)).isGreaterThan(ITEMS_AFTERWARDS);
    }
  }

  private static long aWorkingOne(State<String, Object> state, WorkerKiller killer) {
    return (Long)
        state
            .getWhen(
                now -> now.get("working") instanceof Long pid && !killer.isDead(pid), PATIENTLY)
            .get("working");
  }
}
