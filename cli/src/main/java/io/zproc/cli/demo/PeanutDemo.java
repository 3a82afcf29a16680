package io.zproc.cli.demo;

import io.zproc.Context;
import io.zproc.Server;
import io.zproc.State;
import io.zproc.WatchOptions;
import io.zproc.ZProc;
import io.zproc.ZProcException;
import io.zproc.ZProcTimeoutException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts the processes of the peanut story, lets them play, and sums up. One use, one thread. */
public final class PeanutDemo {
  /** What fits into half a minute. */
  public static final int MAX_PEANUTS = 3000;

  private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOOK_UP = Duration.ofMillis(200);

  private final int peanuts;
  private final PrintWriter out;
  private final List<DemoProcess> children = new ArrayList<>();
  private final long deadlineNs = System.nanoTime() + LIMIT_NS;

  public PeanutDemo(int peanuts, PrintWriter out) {
    this.peanuts = peanuts;
    this.out = out;
  }

  /**
   * Plays the story and prints it.
   *
   * @throws ZProcException when the buffered consumer has missed a peanut, or a process failed
   */
  public void run() throws InterruptedException {
    try (Server server = ZProc.startServer();
        Context context = Context.builder().address(server.address()).timeout(PATIENCE).open()) {
      out.println("The server is process " + server.pid() + " at " + server.address() + ".");
      try {
        play(context);
      } finally {
        children.forEach(DemoProcess::close);
      }
    }
  }

  private void play(Context context) throws InterruptedException {
    State<String, Object> state = context.state();
    State<String, Object> results = context.state(Names.RESULTS);
    state.put(Names.PEANUTS, 0L);
    for (Role role : Role.values()) {
      children.add(DemoProcess.start(role, context.address(), peanuts, out));
    }
    for (DemoProcess child : children) {
      await(results, Names.ready(child.role()));
    }
    out.println("A generator and three consumers, each a process, are connected to it.");
    results.put(Names.GO, true);
    Map<Role, Tally> tallies = new EnumMap<>(Role.class);
    for (Role role : Role.CONSUMERS) {
      tallies.put(role, Tally.ofValue(await(results, Names.report(role))));
    }
    for (DemoProcess child : children) {
      child.join(deadlineNs);
    }
    out.print(new Summary(peanuts, tallies));
    out.flush();
    judge(state, tallies);
  }

  /** Waits for a key that a child sets, as long as all children are well. */
  private Object await(State<String, Object> results, String key) {
    WatchOptions options = WatchOptions.buffered().timeout(LOOK_UP);
    while (System.nanoTime() - deadlineNs < 0) {
      try {
        return results.getWhenAvailable(key, options).get(key);
      } catch (ZProcTimeoutException e) {
        children.forEach(DemoProcess::check);
      }
    }
    throw new ZProcException("the demo took too long; it was waiting for '" + key + "'");
  }

  private void judge(State<String, Object> state, Map<Role, Tally> tallies) {
    Object made = state.get(Names.PEANUTS);
    if (!made.equals((long) peanuts)) {
      throw new ZProcException("the generator made " + made + " peanuts instead of " + peanuts);
    }
    tallies.forEach(
        (role, tally) -> {
          if (!tally.isInOrder()) {
            throw new ZProcException("the " + role.label() + " consumer got peanuts out of order");
          }
        });
    long missed = peanuts - tallies.get(Role.BUFFERED).received();
    if (missed != 0) {
      throw new ZProcException("the buffered consumer missed " + missed + " peanuts");
    }
    out.println("The buffered consumer missed nothing.");
  }
}
