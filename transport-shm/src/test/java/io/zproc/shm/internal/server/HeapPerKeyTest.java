package io.zproc.shm.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A full collection stops everybody for as long as there are objects, so keys have none. */
@Timeout(60)
class HeapPerKeyTest {
  private static final int KEYS = 150_000;

  /** A tenth has a long value. */
  private static final int LONG = 100;

  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static void put(TestStore test, int from, int to) {
    for (int i = from; i < to; i++) {
      byte[] name = TestStore.bytes("key" + i);
      byte[] value = new byte[i % 10 == 0 ? LONG : Long.BYTES];
      int entry = test.store.ensure(1, name, 0, name.length, value.length);
      test.store.put(entry, ++test.revision, value, 0, value.length);
    }
  }

  @Test
  void shouldTakeLessThanFourBytesOfTheHeapForEachKey() {
    try (TestStore test = new TestStore(1, 1L << 30)) {
      put(test, 0, KEYS / 10);
      long before = used();
      put(test, KEYS / 10, KEYS);
      assertThat(used() - before).isLessThan(4L * KEYS);
      assertThat(test.store.keyCount()).isEqualTo(KEYS + 1);
    }
  }
}
