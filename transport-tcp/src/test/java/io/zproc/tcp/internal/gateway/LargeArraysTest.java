package io.zproc.tcp.internal.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class LargeArraysTest {
  private static final int LONG = 1 << 20;

  private final LargeArrays arrays = new LargeArrays();

  @Test
  void shouldGiveTheShortestThatIsLongEnoughWhenSomeAreKept() {
    byte[] one = new byte[LONG];
    byte[] two = new byte[2 * LONG];
    byte[] three = new byte[3 * LONG];
    arrays.giveBack(three);
    arrays.giveBack(one);
    arrays.giveBack(two);
    assertThat(arrays.take(LONG + 1)).isSameAs(two);
    assertThat(arrays.take(LONG + 1)).isSameAs(three);
    assertThat(arrays.take(LONG + 1)).hasSize(LONG + 1);
    assertThat(arrays.take(LONG)).isSameAs(one);
  }

  @Test
  void shouldKeepTheLongestWhenThereAreTooMany() {
    for (int i = 6; i > 0; i--) {
      arrays.giveBack(new byte[i * LONG]);
    }
    assertThat(arrays.kept()).isEqualTo(4);
    assertThat(arrays.take(LONG)).hasSize(3 * LONG);
  }

  @Test
  void shouldLeaveShortOnesToTheCollector() {
    arrays.giveBack(new byte[1000]);
    assertThat(arrays.kept()).isZero();
    assertThat(arrays.take(100)).hasSize(100);
  }

  @Test
  void shouldGiveAllUpWhenNoneWasNeededSinceTheLastTime() {
    arrays.giveBack(arrays.take(LONG));
    arrays.giveUpUnused();
    assertThat(arrays.kept()).isEqualTo(1);
    arrays.giveUpUnused();
    assertThat(arrays.kept()).isZero();
  }
}
