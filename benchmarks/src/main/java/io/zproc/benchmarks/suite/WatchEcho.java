package io.zproc.benchmarks.suite;

import io.zproc.Context;
import io.zproc.State;
import io.zproc.WaitStrategy;
import io.zproc.Watch;
import io.zproc.WatchOptions;
import io.zproc.benchmarks.process.Child;
import io.zproc.benchmarks.process.Role;
import java.io.IOException;

/** A second client, which watches one key and answers each change of it by a put to another. */
public final class WatchEcho implements Role {
  static final String PING = "ping";
  static final String PONG = "pong";

  /** Starts one that is a client of this server. */
  static Child start(WaitStrategy strategy, PrivateServer server) throws IOException {
    return Child.start(WatchEcho.class, strategy.name(), server.use().address()).awaitReady();
  }

  @Override
  public void run(String[] arguments, Runnable ready) {
    WaitStrategy strategy = WaitStrategy.valueOf(arguments[0]);
    Context context = Context.builder().address(arguments[1]).waitStrategy(strategy).open();
    State<String, Object> state = context.state();
    Watch<String, Object> watch = state.watch(WatchOptions.buffered(), PING);
    ready.run();
    while (watch.hasNext()) {
      state.putLong(PONG, (Long) watch.next().after().get(PING));
    }
  }
}
