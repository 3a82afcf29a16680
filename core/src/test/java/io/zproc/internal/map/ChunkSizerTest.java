package io.zproc.internal.map;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChunkSizerTest {
  private static final long MILLI = 1_000_000;

  @Test
  void shouldStayAtOneUntilItIsKnownHowLongItemsTake() {
    ChunkSizer sizer = new ChunkSizer(0);
    assertThat(sizer.next()).isOne();
    assertThat(sizer.next()).isOne();
  }

  @Test
  void shouldDoubleUpToTheLargestWhenItemsAreCheap() {
    ChunkSizer sizer = new ChunkSizer(0);
    sizer.next();
    sizer.observe(100, 100, 100);
    for (int size = 2; size <= ChunkSizer.MAX_ITEMS; size *= 2) {
      assertThat(sizer.next()).isEqualTo(size);
    }
    assertThat(sizer.next()).isEqualTo(ChunkSizer.MAX_ITEMS);
  }

  @Test
  void shouldFitChunksToTimeAndToBytes() {
    ChunkSizer slow = new ChunkSizer(0);
    ChunkSizer large = new ChunkSizer(0);
    for (int i = 0; i < 20; i++) {
      slow.observe(4, 4 * 2 * MILLI, 4);
      slow.next();
      large.observe(4, 4, 4 * (ChunkSizer.TARGET_BYTES / 8));
      large.next();
    }
    assertThat(slow.next()).isEqualTo((int) (ChunkSizer.TARGET_NS / (2 * MILLI)));
    assertThat(large.next()).isEqualTo(8);
    slow.observe(1, 1000 * MILLI, 1);
    assertThat(slow.next()).isOne();
  }

  @Test
  void shouldKeepAFixedSize() {
    ChunkSizer sizer = new ChunkSizer(7);
    sizer.observe(7, 7 * 1000 * MILLI, 7);
    assertThat(sizer.next()).isEqualTo(7);
  }
}
