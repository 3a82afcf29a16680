package io.zproc.shm.internal.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zproc.WaitStrategy;
import io.zproc.internal.jvm.Opens;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.agrona.BufferUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WaitingTest {
  static {
    Opens.open();
  }

  private static final long LONG_NS = Duration.ofSeconds(20).toNanos();

  private final ByteBuffer memory = BufferUtil.allocateDirectAligned(64, 64);
  private final long word = BufferUtil.address(memory);

  @AfterEach
  void keepMemory() {
    Reference.reachabilityFence(memory);
  }

  private Thread sleeper(int mask) {
    Thread thread =
        new Thread(
            () -> {
              while (Memory.getIntVolatile(word) == 0) {
                Futex.await(word, 0, mask, System.nanoTime() + LONG_NS);
              }
            });
    thread.start();
    return thread;
  }

  @Test
  void shouldReturnAtTheDeadlineWhenNobodyWakes() {
    long start = System.nanoTime();
    Futex.await(word, 0, start + 30_000_000);
    Futex.await(word, 0, -1, start + 60_000_000);
    assertThat(System.nanoTime() - start).isBetween(29_000_000L, 5_000_000_000L);
    if (Futex.isNative()) {
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(59_000_000L);
    }
  }

  @Test
  void shouldReturnAtOnceWhenTheWordDiffersOrTheDeadlineIsPast() {
    long start = System.nanoTime();
    Futex.await(word, 1, start + LONG_NS);
    Futex.await(word, 1, -1, start + LONG_NS);
    Futex.await(word, 0, start - 1);
    Futex.await(word, 0, -1, start - 1);
    assertThat(System.nanoTime() - start).isLessThan(LONG_NS / 2);
  }

  @Test
  void shouldWakeWhenTheMaskMatches() throws InterruptedException {
    Thread one = sleeper(1);
    Thread two = sleeper(2);
    Memory.putIntVolatile(word, 1);
    await()
        .until(
            () -> {
              Futex.wakeAll(word, 1);
              return !one.isAlive();
            });
    await()
        .until(
            () -> {
              Futex.wakeAll(word, 2 | 4);
              return !two.isAlive();
            });
    one.join();
    two.join();
  }

  @Test
  void shouldWakeOneWhenAsked() throws InterruptedException {
    Thread thread =
        new Thread(
            () -> {
              while (Memory.getIntVolatile(word) == 0) {
                Futex.await(word, 0, System.nanoTime() + LONG_NS);
              }
            });
    thread.start();
    Memory.putIntVolatile(word, 1);
    await()
        .until(
            () -> {
              Futex.wakeOne(word);
              return !thread.isAlive();
            });
    thread.join();
  }

  @Test
  void shouldSpinAsTheStrategySays() {
    assertThat(Waiter.of(WaitStrategy.BLOCKING).spin()).isTrue();
    Waiter busy = Waiter.of(WaitStrategy.BUSY_SPIN);
    for (int i = 0; i < 100_000; i++) {
      assertThat(busy.spin()).isFalse();
    }
    Waiter both = Waiter.of(WaitStrategy.SPIN_THEN_BLOCK);
    for (int round = 0; round < 3; round++) {
      assertThat(both.spin()).isFalse();
      await().pollInterval(Duration.ofMillis(1)).until(both::spin);
      both.reset();
    }
  }

  @Test
  void shouldSleepAtOnceForAWhileWhenSpinningIsInVain() {
    Waiter waiter = Waiter.of(WaitStrategy.SPIN_THEN_BLOCK);
    for (int waits = 0; !sleepsAtOnce(waiter); waits++) {
      assertThat(waits).isLessThan(10_000);
    }
    for (int sleeps = 0; waiter.spin(); sleeps++) {
      assertThat(sleeps).isLessThan(10_000);
      waiter.slept();
    }
  }

  /** Waits in vain, and then starts to wait again. */
  private static boolean sleepsAtOnce(Waiter waiter) {
    while (!waiter.spin()) {
      Thread.onSpinWait();
    }
    waiter.slept();
    return waiter.spin();
  }
}
