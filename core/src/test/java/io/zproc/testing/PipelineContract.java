package io.zproc.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zproc.ClosedException;
import io.zproc.Pipeline;
import io.zproc.ValueTooLongException;
import io.zproc.WatchOptions;
import io.zproc.ZProcException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Writes that do not wait, whatever the transport. */
public abstract class PipelineContract extends Contract {
  @Test
  void shouldApplyEverythingInOrder() {
    long before = state.revision();
    try (Pipeline<String, Object> pipeline = state.pipeline()) {
      pipeline.put("a", List.of(1));
      pipeline.put("a", "two");
      pipeline.putLong("n", 40);
      pipeline.add("n", 2);
      pipeline.put("gone", 1);
      pipeline.remove("gone");
      assertThat(pipeline.flush()).isEqualTo(before + 6);
      assertThat(other.copy()).isEqualTo(Map.of("a", "two", "n", 42L));
      assertThat(pipeline.flush()).isEqualTo(before + 6);
      pipeline.put("a", 3);
    }
    assertThat(other.get("a")).isEqualTo(3);
  }

  @Test
  void shouldNotFillUpWhenManyAreSent() {
    try (Pipeline<String, Object> pipeline = state.pipeline()) {
      for (int i = 0; i < 50_000; i++) {
        pipeline.putLong("k" + i % 100, i);
      }
      assertThat(pipeline.flush()).isPositive();
    }
    assertThat(other.getLong("k99", 0)).isEqualTo(49_999);
  }

  @Test
  void shouldArriveWhenThePipelineIsLeftAlone() {
    WatchOptions options = WatchOptions.buffered().timeout(Duration.ofSeconds(10));
    try (Pipeline<String, Object> pipeline = state.pipeline()) {
      for (long burst = 1; burst <= 20; burst++) {
        for (long i = 1; i <= burst; i++) {
          pipeline.putLong("n", 100 * burst + i);
        }
        other.getWhenEqual("n", 101 * burst, options);
      }
    }
  }

  @Test
  void shouldTellTheFirstRefusalAndGoOn() {
    state.put("text", "x");
    Pipeline<String, Object> pipeline = state.pipeline();
    pipeline.add("text", 1);
    assertThatThrownBy(
            () -> {
              pipeline.put("a", 1);
              pipeline.flush();
            })
        .isInstanceOf(ZProcException.class);
    pipeline.put("b", 2);
    assertThat(pipeline.flush()).isPositive();
    assertThat(other.get("b")).isEqualTo(2);
    assertThatThrownBy(() -> pipeline.put("c", new byte[17 << 20]))
        .isInstanceOf(ValueTooLongException.class);
    pipeline.put("c", 3);
    pipeline.close();
    assertThat(other.get("c")).isEqualTo(3);
  }

  @Test
  void shouldReturnZeroWhenNothingWasWrittenAndRefuseUseAfterClose() {
    Pipeline<String, Object> pipeline = state.pipeline();
    assertThat(pipeline.flush()).isZero();
    pipeline.close();
    pipeline.close();
    assertThatThrownBy(() -> pipeline.put("a", 1)).isInstanceOf(ClosedException.class);
    assertThatThrownBy(pipeline::flush).isInstanceOf(ClosedException.class);
  }

  @Test
  void shouldLeaveTheStateUsableMeanwhile() {
    try (Pipeline<String, Object> pipeline = state.pipeline()) {
      pipeline.put("a", 1);
      state.put("b", 2);
      assertThat(pipeline.flush()).isPositive();
      assertThat(state.copy()).isEqualTo(Map.of("a", 1, "b", 2));
    }
  }
}
