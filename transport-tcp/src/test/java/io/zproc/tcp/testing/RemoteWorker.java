package io.zproc.tcp.testing;

import io.zproc.Context;
import io.zproc.ContextBuilder;
import io.zproc.State;
import io.zproc.Watch;
import io.zproc.WatchOptions;
import io.zproc.internal.jvm.StandardInput;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The main class of remote clients in tests: {@code address secretKey|- command count}. It says
 * "ready" and ends with its input.
 */
public final class RemoteWorker {
  private static final PrintStream OUT =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

  private RemoteWorker() {}

  public static void main(String[] arguments) throws Exception {
    new StandardInput().whenEnded(() -> Runtime.getRuntime().halt(0));
    ContextBuilder builder =
        Context.builder().address(arguments[0]).timeout(Duration.ofSeconds(60));
    if (!arguments[1].equals("-")) {
      builder.secretKey(arguments[1]);
    }
    int count = Integer.parseInt(arguments[3]);
    switch (arguments[2]) {
      case "watch" -> watch(builder);
      case "add" -> add(builder);
      case "many" -> many(builder, count);
      default -> throw new IllegalArgumentException(arguments[2]);
    }
  }

  /** Tells each value of "n" that it sees. */
  private static void watch(ContextBuilder builder) {
    try (Context context = builder.open();
        Watch<String, Object> watch = context.state().watch(WatchOptions.buffered(), "n")) {
      OUT.println("ready");
      while (watch.hasNext()) {
        OUT.println("saw " + watch.next().after().get("n"));
      }
    }
  }

  /** Adds to "added" for ever, and tells each sum. */
  private static void add(ContextBuilder builder) {
    try (Context context = builder.open()) {
      OUT.println("ready");
      while (true) {
        OUT.println("added " + context.state().add("added", 1));
      }
    }
  }

  /** So many clients, each with a watcher that takes whatever comes, and one that commits. */
  private static void many(ContextBuilder builder, int count) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Context context = builder.open();
      State<String, Object> state = context.state();
      Watch<String, Object> watch = state.watch(WatchOptions.buffered());
      threads.add(new Thread(() -> drain(watch)));
    }
    threads.forEach(Thread::start);
    OUT.println("ready");
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void drain(Watch<String, Object> watch) {
    while (watch.hasNext()) {
      watch.next();
      watch.drain((revision, key, value, present) -> {});
    }
  }
}
