package io.zproc.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.zproc.ZProcException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SparePoolTest {
  private final Semaphore tries = new Semaphore(0);

  private ChildJvm fail(Runnable onExit) {
    tries.release();
    throw new ZProcException("no memory for another process");
  }

  @Test
  void shouldTryAgainWhenASpareCanNotBeStarted() throws InterruptedException {
    SparePool pool = new SparePool(1, Duration.ofMillis(1), this::fail);
    assertThat(tries.tryAcquire(5, 20, TimeUnit.SECONDS)).isTrue();
    assertThat(pool.take()).isNull();
    pool.close();
  }

  @Test
  void shouldRestAndBeClosedMeanwhileWhenASpareCanNotBeStarted() throws InterruptedException {
    SparePool pool = new SparePool(1, Duration.ofHours(1), this::fail);
    assertThat(tries.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    assertThat(pool.take()).isNull();
    pool.close();
    assertThat(tries.availablePermits()).isZero();
  }
}
