package io.zproc.examples;

import io.zproc.Context;
import io.zproc.ManagedProcess;
import io.zproc.ProcessOptions;
import io.zproc.StatelessTarget;
import io.zproc.ZProcTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The scenarios of the reference's own tests, each process a JVM; says what came of them. Those
 * that live for an instant compile fast rather than well, which makes a start a fifth to a quarter
 * shorter.
 */
final class Acceptance {
  private static final int DEPTH = 5;
  private static final Duration TIMEOUT = Duration.ofMillis(600);
  private static final int TRIES = 20;
  static final long LATEST_MS = 660;
  private static final ProcessOptions SHORT_LIVED =
      ProcessOptions.defaults().jvmFlags("-XX:TieredStopAtLevel=1");

  private Acceptance() {}

  public static void main(String[] arguments) {
    int times = Integer.parseInt(arguments[1]);
    switch (arguments[0]) {
      case "sequential" -> sequential(times);
      case "nested" -> nested(times);
      case "timeout" -> timeout();
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void sequential(int times) {
    int right = 0;
    try (Context ctx = Context.open()) {
      for (int i = 0; i < times; i++) {
        int number = i;
        long result =
            ctx.process(SHORT_LIVED, state -> number * 1000L + state.add("count", 1)).await();
        right += result == number * 1000L + i + 1 ? 1 : 0;
      }
      long pids = ctx.processes().stream().mapToLong(p -> p.pid().getAsLong()).distinct().count();
      System.out.println("right " + right + ", processes " + pids);
    }
  }

  static long descend(Context ctx, int depth) {
    ctx.state().add("level" + depth, 1);
    return depth == DEPTH
        ? ctx.state().add("leaves", 1)
        : ctx.processWithContext(SHORT_LIVED, below -> descend(below, depth + 1)).await();
  }

  private static void nested(int times) {
    int right = 0;
    try (Context ctx = Context.open()) {
      for (int i = 1; i <= times; i++) {
        long leaves = ctx.processWithContext(SHORT_LIVED, below -> descend(below, 1)).await();
        right += leaves == i ? 1 : 0;
      }
      long levels = 0;
      for (int depth = 1; depth <= DEPTH; depth++) {
        levels += ctx.state().getLong("level" + depth, 0);
      }
      long server = ctx.server().orElseThrow().pid();
      long left = ProcessHandle.current().descendants().filter(p -> p.pid() != server).count();
      System.out.println("right " + right + ", processes " + levels + ", left " + left);
    }
  }

  private static StatelessTarget<Long> take(long millis) {
    return () -> {
      Thread.sleep(millis);
      return millis;
    };
  }

  /**
   * Prints how long each try took, in ms, and how long a thread that just sleeps so long. One that
   * took as long as it should is the last.
   */
  private static void timeout() {
    long took = Long.MAX_VALUE;
    for (int i = 0; i < TRIES && took > LATEST_MS; i++) {
      try (Context ctx = Context.builder().spareProcesses(2).open()) {
        while (ctx.warmSpares() < 2) {
          LockSupport.parkNanos(1_000_000);
        }
        ManagedProcess<Long> fast = ctx.processStateless(take(500));
        ManagedProcess<Long> slow = ctx.processStateless(take(1000));
        long ended = awaitAll(ctx);
        boolean asMeant = fast.exitCode().isPresent() && slow.isAlive();
        System.out.println("timed out " + ended + " " + asMeant + " " + ctx.awaitAll());
        took = asMeant ? ended : took;
      }
      long start = System.nanoTime();
      LockSupport.parkNanos(TIMEOUT.toNanos());
      System.out.println("slept " + millisSince(start));
    }
  }

  private static long awaitAll(Context ctx) {
    long start = System.nanoTime();
    try {
      throw new AssertionError("no timeout: " + ctx.awaitAll(TIMEOUT));
    } catch (ZProcTimeoutException e) {
      return millisSince(start);
    }
  }

  private static long millisSince(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }
}
