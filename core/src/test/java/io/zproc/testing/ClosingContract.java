package io.zproc.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zproc.Backend;
import io.zproc.ClosedException;
import io.zproc.Context;
import io.zproc.MapOptions;
import io.zproc.State;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is left when a context is closed while other threads use it: nothing. */
public abstract class ClosingContract extends ProcessesContract {
  private static final MapOptions ONE = MapOptions.defaults().count(1);

  protected Random random;

  @BeforeEach
  void seed() {
    long seed = Long.getLong("zproc.test.seed", System.nanoTime());
    System.out.println(getClass().getSimpleName() + " seed " + seed);
    random = new Random(seed);
  }

  protected static Set<Long> children() {
    return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
  }

  private static Set<Thread> threads(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(prefix))
        .collect(Collectors.toSet());
  }

  /** Closes a context at some moment of what another thread does with it again and again. */
  private void closeDuring(Context closing, long mostNs, Callable<?> use) throws Exception {
    Future<?> user =
        start(
            () -> {
              while (true) {
                use.call();
              }
            });
    LockSupport.parkNanos((long) (random.nextDouble() * mostNs));
    closing.close();
    assertThatThrownBy(() -> user.get(SOON.toSeconds(), TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(ClosedException.class);
  }

  private static Void sleep() throws InterruptedException {
    TimeUnit.MINUTES.sleep(1);
    return null;
  }

  @Test
  void shouldLeaveNoProcessWhenOneIsStartedMeanwhile() throws Exception {
    for (int i = 0; i < 6; i++) {
      Context closing = builder().open();
      Set<Long> before = children();
      closeDuring(
          closing,
          TimeUnit.MILLISECONDS.toNanos(20),
          () -> closing.processStateless(on(Backend.PROCESS), ClosingContract::sleep));
      assertThat(children()).isSubsetOf(before);
    }
  }

  @Test
  void shouldLeaveNothingOfMapsWhenOneIsSubmittedMeanwhile() throws Exception {
    for (int i = 0; i < 10; i++) {
      Context closing = builder().processDefaults(on(Backend.THREAD)).open();
      closeDuring(
          closing,
          TimeUnit.MILLISECONDS.toNanos(20),
          () -> closing.submitMap(n -> n, List.of(1, 2).iterator(), ONE));
      for (String namespace : List.of("zproc.map", "zproc.map.bells")) {
        assertThat(otherContext.state(namespace, String.class, byte[].class).keySet())
            .as(namespace)
            .isEmpty();
      }
    }
  }

  @Test
  void shouldLeaveNoThreadWhenACopyIsBegunMeanwhile() throws Exception {
    for (int i = 0; i < 50; i++) {
      Context closing = builder().open();
      closeDuring(
          closing,
          TimeUnit.MILLISECONDS.toNanos(2),
          () -> {
            closing.state().cached().close();
            return closing.state().cached().size();
          });
    }
    eventually("no thread is left", () -> threads("zproc-cached-").isEmpty());
  }

  /** It must not take what the thread reads from away before that has ended. */
  @Test
  void shouldAwaitTheThreadOfACopyWhenTheClosingThreadIsInterrupted() throws Exception {
    Future<?> writer =
        start(
            () -> {
              for (long n = 0; !Thread.interrupted(); n++) {
                shared.put("k", n);
              }
              return null;
            });
    for (int i = 0; i < 20; i++) {
      Context closing = builder().open();
      State<String, Object> cached = closing.state().cached();
      long seen = cached.getLong("k", 0);
      eventually("it follows", () -> cached.getLong("k", 0) > seen);
      Thread.currentThread().interrupt();
      closing.close();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(threads("zproc-cached-")).isEmpty();
    }
    writer.cancel(true);
  }
}
