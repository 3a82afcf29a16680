package io.zproc.shm.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AppliedSequencesTest {
  @Test
  void shouldContainWhatWasAddedWhenThereAreGaps() {
    AppliedSequences applied = new AppliedSequences();
    for (long sequence = 2; sequence <= 100; sequence += 2) {
      applied.add(sequence);
    }
    assertThat(applied.contains(50)).isTrue();
    assertThat(applied.contains(51)).isFalse();
    assertThat(applied.contains(1)).isFalse();
  }

  @Test
  void shouldTakeForAppliedWhatIsTooOldToBeUnderWay() {
    AppliedSequences applied = new AppliedSequences();
    for (long sequence = 2; sequence <= 100_000; sequence += 2) {
      applied.add(sequence);
    }
    assertThat(applied.contains(3)).isTrue();
    assertThat(applied.contains(100_000)).isTrue();
    assertThat(applied.contains(99_999)).isFalse();
    assertThat(applied.contains(100_000 - 2 * 4_096 + 1)).isFalse();
  }

  @Test
  void shouldKnowTheSameWhenReadAgain() {
    AppliedSequences applied = new AppliedSequences(4);
    for (long sequence = 1; sequence <= 100; sequence++) {
      if (sequence % 5 != 0) {
        applied.add(sequence);
      }
    }
    ByteWriter image = new ByteWriter();
    applied.write(image);
    AppliedSequences read =
        new AppliedSequences(4).read(new ByteReader().wrap(image.array(), 0, image.position()));
    for (long sequence = 1; sequence <= 101; sequence++) {
      assertThat(read.contains(sequence)).isEqualTo(applied.contains(sequence));
    }
    assertThat(read.contains(99)).isTrue();
    assertThat(read.contains(95)).isFalse();
    assertThat(read.last()).isEqualTo(99);
  }
}
