package io.zproc.benchmarks.suite;

import io.zproc.Context;
import io.zproc.State;
import io.zproc.WaitStrategy;
import io.zproc.Watch;
import io.zproc.WatchOptions;
import io.zproc.benchmarks.process.Child;
import io.zproc.benchmarks.process.Role;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A second client, which watches one key and answers each change of it by a put to another. */
public final class WatchEcho implements Role {
  static final String PING = "ping";
  static final String PONG = "pong";

  /** Starts one for all of these servers, with a thread for each. */
  static Child start(WaitStrategy strategy, List<PrivateServer> servers) throws IOException {
    Stream<String> arguments =
        Stream.concat(Stream.of(strategy.name()), servers.stream().map(PrivateServer::address));
    return Child.start(WatchEcho.class, arguments.toArray(String[]::new)).awaitReady();
  }

  @Override
  public void run(String[] arguments, Runnable ready) throws Exception {
    WaitStrategy strategy = WaitStrategy.valueOf(arguments[0]);
    List<Thread> threads = new ArrayList<>();
    for (String address : Arrays.asList(arguments).subList(1, arguments.length)) {
      Context context = Context.builder().address(address).waitStrategy(strategy).open();
      State<String, Object> state = context.state();
      Watch<String, Object> watch = state.watch(WatchOptions.buffered(), PING);
      threads.add(new Thread(() -> echo(state, watch), "echo"));
    }
    threads.forEach(Thread::start);
    ready.run();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void echo(State<String, Object> state, Watch<String, Object> watch) {
    while (watch.hasNext()) {
      state.putLong(PONG, (Long) watch.next().after().get(PING));
    }
  }
}
