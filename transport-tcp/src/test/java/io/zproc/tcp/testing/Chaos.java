package io.zproc.tcp.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.State;
import io.zproc.Update;
import io.zproc.Watch;
import io.zproc.WatchOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that count, and one that watches them, over a network that loses, repeats, swaps, changes
 * and cuts, and with a server that is killed now and then. At the end each increment that was
 * acknowledged must have been made, and no other; and the watcher must have seen each.
 *
 * <p>As a program: {@code Chaos [seconds [seed [signed]]]}; encrypted without that.
 */
public final class Chaos {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int CLIENTS = 4;

  private final RemoteServer server;
  private final FaultyProxy proxy;
  private final AtomicBoolean stopped = new AtomicBoolean();

  private Chaos(RemoteServer server, FaultyProxy proxy) {
    this.server = server;
    this.proxy = proxy;
  }

  public static void main(String[] arguments) throws Exception {
    long seconds = arguments.length > 0 ? Long.parseLong(arguments[0]) : 120;
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.nanoTime();
    boolean signs = arguments.length > 2 && arguments[2].equals("signed");
    Protection protection = signs ? Protection.SIGNED : Protection.ENCRYPTED;
    System.out.println(run(protection, seed, Duration.ofSeconds(seconds), Duration.ofSeconds(10)));
  }

  /** Returns what has happened, in words. */
  public static String run(
      Protection protection, long seed, Duration duration, Duration betweenKills) throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (RemoteServer server = RemoteServer.startWith(protection, ServerBackend.PROCESS);
        FaultyProxy proxy = new FaultyProxy(server.port(), seed, 0.02)) {
      return new Chaos(server, proxy).run(threads, seed, duration, betweenKills);
    } finally {
      threads.shutdownNow();
      assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private String run(ExecutorService threads, long seed, Duration duration, Duration betweenKills)
      throws Exception {
    Future<Long> watched = threads.submit(this::watch);
    Future<Long> cached = threads.submit(this::readCached);
    List<Future<Long>> counting = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      counting.add(threads.submit(this::count));
    }
    int kills = 0;
    long end = System.nanoTime() + duration.toNanos();
    while (System.nanoTime() - end < 0) {
      long pause = Math.min(betweenKills.toNanos(), end - System.nanoTime());
      TimeUnit.NANOSECONDS.sleep(Math.max(0, pause));
      if (System.nanoTime() - end < 0) {
        server.kill();
        server.restart();
        kills++;
      }
    }
    stopped.set(true);
    long acknowledged = 0;
    for (Future<Long> counter : counting) {
      acknowledged += counter.get(90, TimeUnit.SECONDS);
    }
    String what =
        String.format(
            "seed %d: %d increments, %d faults, %d kills",
            seed, acknowledged, proxy.faults(), kills);
    try (Context local = server.openLocally()) {
      assertThat(local.state("chaos").getLong("n", 0)).as(what).isEqualTo(acknowledged);
      local.state("chaos").put("end", true);
    }
    assertThat(watched.get(90, TimeUnit.SECONDS)).as(what).isEqualTo(acknowledged);
    assertThat(cached.get(90, TimeUnit.SECONDS)).as(what).isEqualTo(acknowledged);
    assertThat(acknowledged).as(what).isPositive();
    assertThat(proxy.faults()).as(what).isPositive();
    return what;
  }

  /**
   * Increments in turn by one command, by a pipeline, and by a transaction: on the slowest machine
   * once, and until a frame has met with something.
   */
  private long count() {
    try (Context context = server.open(proxy.address(), PATIENCE)) {
      State<String, Object> state = context.state("chaos");
      long count = 0;
      do {
        state.add("n", 1);
        state.atomic(tx -> tx.merge("n", 1L, (a, b) -> (Long) a + (Long) b));
        try (var pipeline = state.pipeline()) {
          for (int i = 0; i < 8; i++) {
            pipeline.add("n", 1);
          }
        }
        count += 10;
      } while (!stopped.get() || proxy.faults() == 0);
      return count;
    }
  }

  /** Returns the last count that a copy has shown; fails if it ever went back or lacks its own. */
  private long readCached() {
    try (Context context = server.open(proxy.address(), PATIENCE);
        State<String, Object> cached = context.<String, Object>state("chaos").cached()) {
      long last = 0;
      for (long own = 1; !cached.containsKey("end"); own++) {
        long now = cached.getLong("n", 0);
        assertThat(now).isGreaterThanOrEqualTo(last);
        last = now;
        if (own % 1000 == 0) {
          cached.putLong("mine", own);
          assertThat(cached.getLong("mine", 0)).isEqualTo(own);
        }
        LockSupport.parkNanos(100_000);
      }
      return cached.getLong("n", 0);
    }
  }

  /** Returns how many increments it has seen; fails if one is missing. */
  private long watch() {
    try (Context context = server.open(proxy.address(), PATIENCE);
        Watch<String, Object> watch =
            context.state("chaos").watch(WatchOptions.buffered().fromRevision(0), "n", "end")) {
      long seen = 0;
      while (true) {
        Update<String, Object> update = watch.next(PATIENCE);
        if (update.after().containsKey("end")) {
          return seen;
        }
        assertThat(update.after().get("n")).isEqualTo(seen + 1);
        seen++;
      }
    }
  }
}
