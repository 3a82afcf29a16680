package io.zproc.cli.demo;

import io.zproc.Context;
import io.zproc.State;
import io.zproc.WatchOptions;
import io.zproc.internal.process.ParentWatch;
import java.time.Duration;

/**
 * The main class of the demo's generator and consumers: role, server address, number of peanuts. It
 * ends at once when its standard input does, so that it does not outlive the demo.
 */
public final class DemoChild {
  /** Generous: while five JVMs start at once, the server may have to wait for a core. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Role role;
  private final long peanuts;
  private final State<String, Object> state;
  private final State<String, Object> results;

  private DemoChild(Role role, long peanuts, Context context) {
    this.role = role;
    this.peanuts = peanuts;
    state = context.state();
    results = context.state(Names.RESULTS);
  }

  public static void main(String[] args) throws InterruptedException {
    new ParentWatch().watchInput();
    try (Context context = Context.builder().address(args[1]).timeout(PATIENCE).open()) {
      new DemoChild(Role.valueOf(args[0]), Long.parseLong(args[2]), context).run();
    }
  }

  private void run() throws InterruptedException {
    results.put(Names.ready(role), true);
    results.getWhenAvailable(Names.GO, WatchOptions.buffered().timeout(PATIENCE));
    if (role == Role.GENERATOR) {
      new Generator(state, peanuts).run();
      results.put(Names.DONE, true);
    } else {
      Tally tally = new Consumer(role, state, results, peanuts).run();
      results.put(Names.report(role), tally.toValue());
    }
  }
}
