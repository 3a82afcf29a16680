package io.zproc.testing;

import static org.awaitility.Awaitility.await;

import io.zproc.Context;
import io.zproc.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * What tests of every transport begin with: two clients of one server, and two states of one fresh
 * namespace, one of each client.
 */
@Timeout(60)
public abstract class Contract {
  /** Long enough for whatever should happen, however loaded the machine is. */
  protected static final Duration SOON = Duration.ofSeconds(20);

  /** Long enough to be fairly sure that nothing happens. */
  protected static final Duration BRIEFLY = Duration.ofMillis(50);

  private static final AtomicLong NAMES = new AtomicLong();

  private final ExecutorService threads = Executors.newCachedThreadPool();

  protected Context context;
  protected Context otherContext;
  protected State<String, Object> state;
  protected State<String, Object> other;

  /** Connects one more client to the server under test, the same for all tests of a class. */
  protected abstract Context openContext();

  @BeforeEach
  void open() {
    context = openContext();
    otherContext = openContext();
    openStates(getClass().getSimpleName() + "-" + NAMES.incrementAndGet());
  }

  /** Sets the two states. */
  protected void openStates(String namespace) {
    state = context.state(namespace);
    other = otherContext.state(namespace);
  }

  @AfterEach
  void close() throws InterruptedException {
    context.close();
    otherContext.close();
    threads.shutdownNow();
    threads.awaitTermination(10, TimeUnit.SECONDS);
  }

  /** Runs a task on another thread, for as long as the test lasts. */
  protected <T> Future<T> start(Callable<T> task) {
    return threads.submit(task);
  }

  /** Runs a task on several threads and waits for all, passing the first failure on. */
  protected void inParallel(int count, Callable<?> task) throws Exception {
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      running.add(start(task));
    }
    for (Future<?> future : running) {
      future.get(50, TimeUnit.SECONDS);
    }
  }

  /** Polls, for what nobody tells of. */
  protected static void eventually(String what, Callable<Boolean> condition) {
    await(what)
        .atMost(SOON)
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(condition);
  }
}
