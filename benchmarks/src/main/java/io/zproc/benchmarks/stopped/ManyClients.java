package io.zproc.benchmarks.stopped;

import io.zproc.Context;
import io.zproc.State;
import io.zproc.Watch;
import io.zproc.WatchOptions;
import io.zproc.benchmarks.process.Child;
import io.zproc.benchmarks.process.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Some clients in one JVM, each with connections of its own: it watches the news, and puts its own
 * key now and then.
 */
public final class ManyClients implements Role {
  static final String NEWS = "news";
  private static final long PUT_EVERY_MS = 10_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int PUTTING_THREADS = 2;

  static Child start(String address, int first, int count) throws IOException {
    return Child.start(
        ManyClients.class, address, Integer.toString(first), Integer.toString(count));
  }

  @Override
  public void run(String[] arguments, Runnable ready) {
    int first = Integer.parseInt(arguments[1]);
    int count = Integer.parseInt(arguments[2]);
    ScheduledExecutorService puts = Executors.newScheduledThreadPool(PUTTING_THREADS);
    for (int i = 0; i < count; i++) {
      State<String, Object> state =
          Context.builder().address(arguments[0]).timeout(PATIENCE).open().state();
      String key = "client-" + (first + i);
      Watch<String, Object> watch = state.watch(WatchOptions.buffered(), NEWS);
      new Thread(() -> follow(watch), key).start();
      puts.scheduleAtFixedRate(
          () -> state.putLong(key, System.nanoTime()),
          i * PUT_EVERY_MS / count,
          PUT_EVERY_MS,
          TimeUnit.MILLISECONDS);
    }
    ready.run();
  }

  private static void follow(Watch<String, Object> watch) {
    while (watch.hasNext()) {
      watch.next();
    }
  }
}
