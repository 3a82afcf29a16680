package io.zproc.shm.testing;

import io.zproc.Context;
import io.zproc.MapOptions;
import io.zproc.MapResults;
import io.zproc.MapTask;
import io.zproc.Pipeline;
import io.zproc.State;
import io.zproc.Transaction;
import io.zproc.TurnLostException;
import io.zproc.WatchOptions;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * The main class of client processes in tests: {@code address namespace command arguments…}. It
 * says "ready", begins at the first line of its input, stops at the second, and ends with its
 * input.
 */
public final class Worker {
  private static final PrintStream OUT =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
  private static final Semaphore LINES = new Semaphore(0);
  private static final long LONG_GAP_NS = 5_000_000;
  private static volatile boolean stopped;

  private final Context context;
  private final State<String, Object> state;
  private final String[] arguments;

  private Worker(Context context, String[] arguments) {
    this.context = context;
    this.state = context.state(arguments[1]);
    this.arguments = arguments;
  }

  public static void main(String[] arguments) throws Exception {
    Thread input = new Thread(Worker::readInput, "input");
    input.setDaemon(true);
    input.start();
    try (Context context =
        Context.builder().address(arguments[0]).timeout(Duration.ofSeconds(60)).open()) {
      new Worker(context, arguments).run();
      say("done");
    }
  }

  private static void readInput() {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (int lines = 1; reader.readLine() != null; lines++) {
        LINES.release();
        stopped = lines > 1;
      }
    } catch (IOException e) {
      say("input failed: " + e);
    }
    Runtime.getRuntime().halt(3);
  }

  private static void say(String line) {
    OUT.println(line);
  }

  private void begin() throws InterruptedException {
    say("ready");
    LINES.acquire();
  }

  private void run() throws Exception {
    switch (arguments[2]) {
      case "increment" -> increment(arguments[3], Integer.parseInt(arguments[4]));
      case "transfer" -> transfer(Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
      case "count" -> count(arguments[3], arguments[4]);
      case "survive" -> survive(arguments[3]);
      case "add" -> add(arguments[3]);
      case "add-pipelined" -> addPipelined(arguments[3]);
      case "watch" -> watch(Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
      case "hold-turn" -> holdTurn();
      case "ask-turn" -> askTurn();
      case "submit-map" -> submitMap();
      case "pull-map" -> pullMap(arguments[3]);
      case "pull-some" -> pullSome(arguments[3], Integer.parseInt(arguments[4]));
      default -> throw new IllegalArgumentException(arguments[2]);
    }
  }

  /** The number of each way, named as it is; when it is told to begin with it. */
  private void increment(String ways, int times) throws InterruptedException {
    for (String how : ways.split(",")) {
      state.get(how);
      begin();
      for (int i = 0; i < times; i++) {
        switch (how) {
          case "atomic" -> state.atomic(tx -> tx.merge(how, 1L, Worker::sum));
          case "atomicExclusive" -> exclusively(tx -> tx.merge(how, 1L, Worker::sum));
          case "merge" -> state.merge(how, 1L, Worker::sum);
          default -> state.add(how, 1);
        }
      }
      say("incremented");
    }
  }

  private static Object sum(Object a, Object b) {
    return ((Number) a).longValue() + ((Number) b).longValue();
  }

  /** Moves random amounts between random accounts. */
  private void transfer(int accounts, int times) throws InterruptedException {
    Random random = new Random(Long.parseLong(arguments[5]));
    begin();
    for (int i = 0; i < times; i++) {
      String from = "account" + random.nextInt(accounts);
      String to = "account" + random.nextInt(accounts);
      long amount = random.nextInt(100);
      state.atomic(
          tx -> {
            tx.put(from, (Long) tx.get(from) - amount);
            tx.put(to, (Long) tx.get(to) + amount);
            return null;
          });
    }
  }

  /** Counts up in a key in one of several ways, and tells each value that was acknowledged. */
  private void count(String how, String key) throws InterruptedException {
    LongConsumer put = value -> state.put(key, value);
    LongConsumer step =
        switch (how) {
          case "put" -> put;
          case "exclusive" -> value -> exclusively(tx -> tx.put(key, value));
          case "slow-exclusive" ->
              value ->
                  exclusively(
                      tx -> {
                        LockSupport.parkNanos(20_000_000);
                        return tx.put(key, value);
                      });
          case "atomic" ->
              value ->
                  state.atomic(
                      tx -> {
                        tx.get("shared");
                        return tx.put(key, value);
                      });
          case "lookup" -> put.andThen(this::lookUp);
          case "pipeline" -> value -> pipeline(key, value);
          case "snapshot" -> put.andThen(value -> state.copy());
          case "large" -> put.andThen(value -> state.put(key + "-large", new byte[300_000]));
          default -> throw new IllegalArgumentException(how);
        };
    begin();
    for (long value = 1; !stopped; value++) {
      step.accept(value);
      say(Long.toString(value));
    }
  }

  /** On a machine that is short of processors a turn may last longer than its lease. */
  private void exclusively(Function<Transaction<String, Object>, Object> function) {
    while (true) {
      try {
        state.atomicExclusive(function);
        return;
      } catch (TurnLostException e) {
        say("turn lost");
      }
    }
  }

  private void pipeline(String key, long value) {
    try (Pipeline<String, Object> pipeline = state.pipeline()) {
      for (int i = 0; i < 100; i++) {
        pipeline.putLong(key + "-" + i, value);
      }
      pipeline.putLong(key, value);
      pipeline.flush();
    }
  }

  /** Each name is new to this process, so each get takes the map's lock. */
  private void lookUp(long value) {
    for (int i = 0; i < 50; i++) {
      state.get("unknown-" + value + "-" + i);
      state.put("looked-up-" + value % 100 + "-" + i, value);
    }
  }

  /**
   * Puts as fast as it can until told to stop; tells each gap between two that was long, on the
   * clock of {@link System#nanoTime}, which all processes of a machine share.
   */
  private void survive(String key) throws InterruptedException {
    state.put(key, 0L);
    begin();
    List<String> gaps = new ArrayList<>();
    long longest = 0;
    long value = 0;
    long last = System.nanoTime();
    while (!stopped) {
      state.put(key, ++value);
      long now = System.nanoTime();
      longest = Math.max(longest, now - last);
      if (now - last > LONG_GAP_NS) {
        gaps.add(last + " " + now);
      }
      last = now;
    }
    say("last " + value);
    say("longest-gap-ns " + longest);
    say("gaps " + String.join(",", gaps));
  }

  private void add(String key) throws InterruptedException {
    begin();
    long count = 0;
    while (!stopped) {
      state.add(key, 1);
      count++;
    }
    say("added " + count);
  }

  private void addPipelined(String key) throws InterruptedException {
    begin();
    long count = 0;
    try (Pipeline<String, Object> pipeline = state.pipeline()) {
      while (!stopped) {
        pipeline.add(key, 1);
        count++;
        if (count % 1000 == 0) {
          pipeline.flush();
        }
      }
    }
    say("added " + count);
  }

  /** One thread for each of {@code count} keys; each tells when its key has changed. */
  private void watch(int first, int count) throws InterruptedException {
    CountDownLatch woken = new CountDownLatch(count);
    List<Thread> threads = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      String key = "key" + i;
      State<String, Object> own = state.fork();
      Thread thread =
          new Thread(
              () -> {
                own.getWhenChange(WatchOptions.buffered(), key);
                say("woke " + key);
                woken.countDown();
              },
              "watcher-" + i);
      thread.start();
      threads.add(thread);
    }
    begin();
    woken.await();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void holdTurn() throws InterruptedException {
    begin();
    state.atomicExclusive(
        tx -> {
          say("held");
          LINES.acquireUninterruptibly();
          return null;
        });
  }

  private void askTurn() throws InterruptedException {
    begin();
    say("asking");
    exclusively(tx -> tx.put("asked", true));
  }

  /** An endless map of two workers, the pids of which it tells. */
  private void submitMap() throws InterruptedException {
    Iterator<Integer> endless = Stream.iterate(0, n -> n + 1).iterator();
    MapTask task = context.submitMap((Integer n) -> n, endless, MapOptions.defaults().count(2));
    context.workers().forEach(worker -> say("worker " + worker.pid().getAsLong()));
    say("task " + task);
    begin();
  }

  /** Pulls the squares of 0, 1, 2 and so on, and tells how many they were. */
  private void pullMap(String task) {
    long n = 0;
    for (long square : context.<Long>pullResults(task)) {
      if (square != n * n) {
        throw new IllegalStateException("result " + n + " is " + square);
      }
      n++;
    }
    say("right " + n);
  }

  /** Pulls so many results and then does nothing. */
  private void pullSome(String task, int count) throws InterruptedException {
    MapResults<Integer> results = context.pullResults(task);
    int last = results.next();
    say("first " + last);
    for (int i = 1; i < count; i++) {
      last = results.next();
    }
    say("last " + last);
    begin();
  }

  Context context() {
    return context;
  }
}
