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

  /** The smallest object with a key's array takes twice as much; the rest is not of keys. */
  private static final long LESS_THAN_AN_OBJECT = 20;

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
  void shouldHaveNoObjectForAKeyWhenThereAreMany() {
    try (TestStore test = new TestStore(1, 1L << 30)) {
      put(test, 0, KEYS / 10);
      long before = used();
      put(test, KEYS / 10, KEYS);
      assertThat(used() - before).isLessThan(LESS_THAN_AN_OBJECT * KEYS);
      assertThat(test.store.keyCount()).isEqualTo(KEYS + 1);
    }
  }
}
