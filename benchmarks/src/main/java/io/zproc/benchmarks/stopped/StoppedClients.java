package io.zproc.benchmarks.stopped;

import io.zproc.Context;
import io.zproc.Server;
import io.zproc.ServerOptions;
import io.zproc.State;
import io.zproc.ZProc;
import io.zproc.benchmarks.process.Child;
import io.zproc.benchmarks.process.Freezer;
import io.zproc.benchmarks.process.Workspace;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * 200 remote clients, which watch and put. In every other phase 20 of them, in a JVM of their own,
 * stand still ({@code SIGSTOP}), while what they watch goes on changing. One more client measures
 * its puts in both.
 */
public final class StoppedClients {
  private static final int CLIENTS = 200;
  private static final int STOPPED = 20;
  private static final int JVMS = 4;
  private static final Duration WARM_UP = Duration.ofSeconds(6);
  private static final Duration PHASE = Duration.ofMillis(3000);
  private static final long NEWS_EVERY_NS = 1_000_000_000;

  /** Between two puts: each of them goes to all watchers, sooner or later. */
  private static final long PAUSE_NS = 10_000_000;

  private static final int NEWS_LENGTH = 8 << 10;
  private static final int MAX_SAMPLES = 100_000;
  private static final int KIB = 1 << 10;

  /** What the issue of remote nodes asks for. */
  public static final double MAX_RATIO = 1.2;

  private final State<String, Object> state;
  private final byte[] news = new byte[NEWS_LENGTH];
  private final long[] latencies = new long[MAX_SAMPLES];
  private long nextNewsNs;
  private long count;

  private StoppedClients(State<String, Object> state) {
    this.state = state;
  }

  /** Measures for about that long; returns the ratio of the medians. */
  public static double run(Duration duration, PrintStream out) throws IOException {
    ServerOptions options = ServerOptions.defaults();
    List<Child> children = new ArrayList<>();
    // The freezer removes the directory in the end.
    Workspace workspace = Workspace.create();
    try (Freezer freezer = Freezer.start(workspace.directory());
        Server server = ZProc.startServer("tcp://127.0.0.1:0", options);
        Context context = Context.open(server.address())) {
      children.add(ManyClients.start(server.address(), 0, STOPPED).awaitReady());
      int each = (CLIENTS - STOPPED) / (JVMS - 1);
      for (int first = STOPPED; first < CLIENTS; first += each) {
        children.add(ManyClients.start(server.address(), first, each).awaitReady());
      }
      List<Long> pids = children.stream().map(Child::pid).toList();
      pids.forEach(freezer::add);
      return new StoppedClients(context.state()).run(duration, freezer, pids, server.pid(), out);
    } finally {
      for (Child child : children) {
        child.close();
      }
    }
  }

  private double run(
      Duration duration, Freezer freezer, List<Long> pids, long server, PrintStream out)
      throws IOException {
    List<Long> running = pids.subList(1, pids.size());
    measure(WARM_UP);
    long before = memoryOf(server);
    Phases phases = new Phases();
    long end = System.nanoTime() + duration.toNanos();
    while (System.nanoTime() - end < 0) {
      freezer.onlyRunning(pids);
      phases.add(false, latencies, measure(PHASE));
      freezer.onlyRunning(running);
      phases.add(true, latencies, measure(PHASE));
    }
    freezer.onlyRunning(pids);
    print(phases, before, memoryOf(server), out);
    return phases.ratio();
  }

  /** Returns how many latencies there are. */
  private int measure(Duration duration) {
    int samples = 0;
    long now = System.nanoTime();
    long end = now + duration.toNanos();
    while (now - end < 0 && samples < MAX_SAMPLES) {
      if (now - nextNewsNs >= 0) {
        nextNewsNs = now + NEWS_EVERY_NS;
        state.put(ManyClients.NEWS, news);
        now = System.nanoTime();
      }
      state.putLong("measured", ++count);
      latencies[samples++] = System.nanoTime() - now;
      LockSupport.parkNanos(PAUSE_NS);
      now = System.nanoTime();
    }
    return samples;
  }

  private static long memoryOf(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("RssAnon:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }

  private static void print(Phases phases, long before, long after, PrintStream out) {
    out.printf("%-28s %10s %10s %10s%n", "put of one more client", "p50", "p90", "p99");
    row(CLIENTS + " clients", phases, false, out);
    row(STOPPED + " of " + CLIENTS + " stopped", phases, true, out);
    out.printf(Locale.ROOT, "ratio of the medians: %.2f%n", phases.ratio());
    out.printf(
        Locale.ROOT,
        "server's own memory: %d MiB before, %d MiB after%n",
        before / KIB,
        after / KIB);
  }

  private static void row(String name, Phases phases, boolean some, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%-28s %7.1f µs %7.1f µs %7.1f µs%n",
        name,
        phases.percentile(some, 0.5) / 1e3,
        phases.percentile(some, 0.9) / 1e3,
        phases.percentile(some, 0.99) / 1e3);
  }
}
